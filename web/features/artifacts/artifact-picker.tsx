import { useRef } from 'react'
import type { Artifact, Run } from '../../../domain/run/state.ts'
import { inert } from '../../ui/inert.tsx'
import { ArtifactList } from './artifact-list.tsx'
import css from './artifacts.module.css'

type Props = { run: Run; selected: Artifact }

/** The list of artifacts where there is no room for one: it opens, and closes when one is chosen. */
export function ArtifactPicker({ run, selected }: Props) {
  const details = useRef<HTMLDetailsElement>(null)
  return (
    <details ref={details} className={css.picker}>
      <summary>{inert(selected.title)}</summary>
      <ArtifactList run={run} selected={selected} onOpen={() => details.current?.removeAttribute('open')} />
    </details>
  )
}
