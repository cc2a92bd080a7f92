import { lazy, Suspense } from 'react'
import { inert } from './inert.tsx'
import css from './markdown.module.css'

const MarkdownText = lazy(async () => ({ default: (await import('./markdown.tsx')).MarkdownText }))

/** A few lines of Markdown where its parser is not there yet: until then their room is kept, and none of their signs is seen. */
export const LazyMarkdownText = ({ text }: { text: string }) => (
  <Suspense
    fallback={
      <p className={css.coming} aria-busy="true">
        {inert(text)}
      </p>
    }
  >
    <MarkdownText text={text} />
  </Suspense>
)
