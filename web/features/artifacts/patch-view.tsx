import { useMemo } from 'react'
import { toGlobalId } from '../../../domain/ids.ts'
import type { Artifact } from '../../../domain/run/state.ts'
import type { CodePatch } from '../../../domain/work.ts'
import { counted, formatBytes, formatCount } from '../../lib/format.ts'
import { inert } from '../../ui/inert.tsx'
import css from './artifacts.module.css'
import { type DiffFile, parseDiff } from './diff.ts'
import { useAddressedDiffState } from './diff-state.ts'
import { DiffView } from './diff-view.tsx'
import { Figures } from './figures.tsx'
import patchCss from './patch.module.css'
import { ReviewBar } from './review-bar.tsx'
import { useFileDiffs } from './use-file-diffs.ts'
import { useReview } from './use-review.ts'

type Props = { patch: CodePatch; artifact: Artifact }

/** A change to the code: what it is about, and its diff, which can be reviewed hunk by hunk. */
export function PatchView({ patch, artifact }: Props) {
  return (
    <div className={patchCss.patch}>
      <PatchLead patch={patch} />
      {patch.diff.text === null ? (
        <LongDiff patch={patch} artifact={artifact} />
      ) : (
        <WholeDiff patch={patch} artifact={artifact} text={patch.diff.text} />
      )}
    </div>
  )
}

function WholeDiff({ patch, artifact, text }: Props & { text: string }) {
  const files = useMemo(() => parseDiff(text), [text])
  const state = useAddressedDiffState()
  const review = useReview(artifact.id)
  return (
    <>
      <DiffView files={files} state={state} label="The change" review={review} />
      <ReviewBar artifact={artifact} diffHash={patch.diff.hash} hunks={hunksIn(files)} review={review} />
    </>
  )
}

/** Of a change that is too long, or that could rewrite a screen, the lines come file by file, and are made inert here. */
function LongDiff({ patch, artifact }: Props) {
  const state = useAddressedDiffState()
  const review = useReview(artifact.id)
  const id = toGlobalId('Artifact', artifact.id)
  const { files, ...folding } = useFileDiffs(id, patch, state.at?.file)
  return (
    <>
      <p className={patchCss.long}>
        {formatBytes(patch.diff.bytes)} of changes: each file is read when it is opened.{' '}
        <a href={`/artifacts/${id}/diff`} download>
          Download the whole diff
        </a>
      </p>
      <DiffView files={files} state={state} label="The change" review={review} folding={folding} />
      <ReviewBar artifact={artifact} diffHash={patch.diff.hash} hunks={null} review={review} />
    </>
  )
}

const hunksIn = (files: readonly DiffFile[]): number => files.reduce((sum, { hunks }) => sum + hunks.length, 0)

function PatchLead({ patch }: { patch: CodePatch }) {
  const [newest, ...earlier] = [...patch.commits].reverse()
  return (
    <div className={css.lead}>
      <Figures
        figures={[
          { name: 'Files', value: formatCount(patch.files.length) },
          { name: 'Added', value: `+${formatCount(patch.added)}`, tone: 'good' },
          { name: 'Removed', value: `−${formatCount(patch.removed)}`, tone: 'bad' },
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
