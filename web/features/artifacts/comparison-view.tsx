import { useMemo } from 'react'
import type { Json } from '../../../domain/json.ts'
import type { Artifact } from '../../../domain/run/state.ts'
import type { CodePatch } from '../../../domain/work.ts'
import { Bars, Empty } from '../../ui/empty.tsx'
import type { DiffFile } from './diff.ts'
import { type DiffState, useAddressedDiffState } from './diff-state.ts'
import { DiffView } from './diff-view.tsx'
import { lineDiff } from './line-diff.ts'
import { readableText } from './readable-text.ts'
import { useText } from './text-of.ts'

type Side = Pick<Artifact, 'id' | 'kind' | 'title' | 'mediaType'> & Artifact
type Props = { base: Side; artifact: Side }

/** What became different from one artifact to another, with the place in the address. */
export function ComparisonView({ base, artifact }: Props) {
  return <ComparisonAt base={base} artifact={artifact} state={useAddressedDiffState()} />
}

/** The same, with the place kept by whoever shows it. */
export function ComparisonAt({ base, artifact, state }: Props & { state: DiffState }) {
  const [before, after] = [useText(base), useText(artifact)]
  const files = useMemo(
    () =>
      before.state === 'ready' && after.state === 'ready'
        ? comparisonOf({ ...base, text: before.text }, { ...artifact, text: after.text })
        : null,
    [base, artifact, before, after],
  )
  const failed = [before, after].find(text => text.state === 'failed')
  if (failed?.state === 'failed')
    return (
      <Empty icon="warning" title="It could not be read">
        {failed.why}
      </Empty>
    )
  if (files === null) return <Bars rows={8} height={36} />
  return <DiffView files={files} state={state} label={`${base.title} compared with ${artifact.title}`} />
}

type Readable = { kind: string; title: string; mediaType: string; text: string }

/** Two changes are compared file by file, as patches; all else as one text. */
function comparisonOf(base: Readable, artifact: Readable): DiffFile[] {
  const [before, after] = [patchesOf(base), patchesOf(artifact)]
  if (before === null || after === null)
    return lineDiff(
      artifact.title,
      readableText(base.text, base.mediaType),
      readableText(artifact.text, artifact.mediaType),
    )
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort()
  return paths.flatMap(path => lineDiff(path, before.get(path) ?? '', after.get(path) ?? ''))
}

/** The lines of a change, by file, without the places that move when other lines do; null where it is none. */
function patchesOf({ kind, text }: Readable): Map<string, string> | null {
  if (kind !== 'CodePatch') return null
  const diff = diffTextOf(text)
  if (diff === null) return null
  const files = diff.split(/^(?=diff --git )/m).filter(part => part !== '')
  return new Map(
    files.map(part => [
      /^diff --git "?a\/.*? "?b\/(.*?)"?$/m.exec(part)?.[1] ?? '',
      part
        .split('\n')
        .slice(1)
        .filter(line => !/^(index|---|\+\+\+) /.test(line))
        .map(line => line.replace(/^@@ .*? @@/, '@@'))
        .join('\n'),
    ]),
  )
}

function diffTextOf(text: string): string | null {
  try {
    return (JSON.parse(text) as Json as CodePatch | null)?.diff?.text ?? null
  } catch {
    return null
  }
}
