import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { CompareView } from '../features/compare/compare-view.tsx'
import { RunPicker } from '../features/compare/run-picker.tsx'
import { Bars, Empty } from '../ui/empty.tsx'
import { PageHead } from '../ui/page.tsx'
import css from './compare.module.css'
import { useTitle } from './title.ts'

const ComparisonView = lazy(async () => ({
  default: (await import('../features/artifacts/comparison-view.tsx')).ComparisonView,
}))

/** Two runs beside each other. */
export function ComparePage() {
  useTitle('Compare')
  const { left, right, artifact } = useSearch({ from: '/compare' })
  const navigate = useNavigate({ from: '/compare' })
  const go = (search: { left?: string | undefined; right?: string | undefined }) =>
    void navigate({
      to: '.',
      replace: true,
      search: {
        ...(search.left === undefined ? {} : { left: search.left }),
        ...(search.right === undefined ? {} : { right: search.right }),
      },
    })
  return (
    <div className={css.page}>
      <PageHead title="Compare two runs" />
      <RunPicker left={left} right={right} onPick={(side, id) => go({ left, right, [side]: id })} />
      {left === undefined || right === undefined ? (
        <Empty icon="branch" title="Choose two runs">
          They are aligned task by task: what was decided, what it cost, and what came of it. A fork and its parent are
          compared from where they went apart; on the page of either, <kbd>C</kbd> leads here.
        </Empty>
      ) : (
        <CompareView
          key={`${left} ${right}`}
          left={left}
          right={right}
          open={artifact}
          onOpen={id =>
            void navigate({
              to: '.',
              replace: true,
              resetScroll: false,
              search: { left, right, ...(id === undefined ? {} : { artifact: id }) },
            })
          }
          onSwap={() => go({ left: right, right: left })}
          difference={(base, changed) => (
            <Suspense fallback={<Bars rows={6} height={36} />}>
              <ComparisonView base={base} artifact={changed} />
            </Suspense>
          )}
        />
      )}
    </div>
  )
}
