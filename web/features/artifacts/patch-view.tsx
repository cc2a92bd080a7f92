import { useMemo } from 'react'
import type { Artifact } from '../../../domain/run/state.ts'
import type { CodePatch } from '../../../domain/work.ts'
import { counted, formatBytes } from '../../lib/format.ts'
import { Empty } from '../../ui/empty.tsx'
import { inert } from '../../ui/inert.tsx'
import css from './artifacts.module.css'
import { parseDiff } from './diff.ts'
import { useAddressedDiffState } from './diff-state.ts'
import { DiffView } from './diff-view.tsx'
import { Figures } from './figures.tsx'
import patchCss from './patch.module.css'
import { ReviewBar } from './review-bar.tsx'
import { useReview } from './use-review.ts'

type Props = { patch: CodePatch; artifact: Artifact }

/** A change to the code: what it is about, and its diff, which can be reviewed hunk by hunk. */
export function PatchView({ patch, artifact }: Props) {
  const files = useMemo(() => parseDiff(patch.diff.text ?? ''), [patch.diff.text])
  const state = useAddressedDiffState()
  const review = useReview(artifact.id)
  return (
    <div className={patchCss.patch}>
      <PatchLead patch={patch} />
      {patch.diff.text === null ? (
        <TooLong patch={patch} />
      ) : (
        <DiffView files={files} state={state} label="The change" review={review} />
      )}
      <ReviewBar artifact={artifact} diffHash={patch.diff.hash} files={files} review={review} />
    </div>
  )
}

function PatchLead({ patch }: { patch: CodePatch }) {
  const [newest, ...earlier] = [...patch.commits].reverse()
  return (
    <div className={css.lead}>
      <Figures
        figures={[
          { name: 'Files', value: patch.files.length },
          { name: 'Added', value: `+${patch.added}`, tone: 'good' },
          { name: 'Removed', value: `−${patch.removed}`, tone: 'bad' },
          ...(patch.branch === null ? [] : [{ name: 'Branch', value: <code>{inert(patch.branch)}</code> }]),
          { name: 'Based on', value: <code>{patch.base.slice(0, 10)}</code> },
        ]}
      />
      {newest === undefined ? null : (
        <details className={patchCss.commits}>
          <summary>
            <code>{newest.commit.slice(0, 10)}</code> {inert(newest.message.split('\n')[0] ?? '')}
            {earlier.length === 0 ? '' : `, and ${counted(earlier.length, 'commit')} before it`}
          </summary>
          <pre>{inert(newest.message)}</pre>
          <ul>
            {earlier.map(({ commit, message }) => (
              <li key={commit}>
                <code>{commit.slice(0, 10)}</code> {inert(message.split('\n')[0] ?? '')}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

/** Files that are named where their lines cannot be shown. */
const namedFiles = 50

const TooLong = ({ patch: { diff, files } }: { patch: CodePatch }) => (
  <Empty icon="file" title="Its lines are not shown here">
    {formatBytes(diff.bytes)} of changes, too long for a page or with characters that could rewrite one:{' '}
    {files
      .slice(0, namedFiles)
      .map(({ path }) => path)
      .join(', ')}
    {files.length > namedFiles ? ` and ${files.length - namedFiles} more` : ''}
  </Empty>
)
