import { memo, useMemo, useState } from 'react'
import type { CodePatch } from '../../../domain/work.ts'
import { counted, formatBytes } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import css from './artifacts.module.css'
import { type DiffFile, type DiffLine, parseDiff } from './diff.ts'
import { Figures } from './figures.tsx'
import diff from './patch.module.css'

/** Lines of a file that are drawn before somebody asks for the rest. */
const shownLines = 600

/** A change to the code, file by file. */
export function PatchView({ patch }: { patch: CodePatch }) {
  const files = useMemo(() => parseDiff(patch.diff.text ?? ''), [patch.diff.text])
  return (
    <Scroll className={diff.patch} label="The change">
      <div className={css.lead}>
        <Figures
          figures={[
            { name: 'Files', value: patch.files.length },
            { name: 'Added', value: `+${patch.added}`, tone: 'good' },
            { name: 'Removed', value: `−${patch.removed}`, tone: 'bad' },
            ...(patch.branch === null ? [] : [{ name: 'Branch', value: <code>{patch.branch}</code> }]),
            { name: 'Based on', value: <code>{patch.base.slice(0, 10)}</code> },
          ]}
        />
        {patch.commits.length === 0 ? null : (
          <ul className={diff.commits} aria-label="Commits">
            {patch.commits.map(({ commit, message }) => (
              <li key={commit}>
                <code>{commit.slice(0, 10)}</code> {message.split('\n')[0]}
              </li>
            ))}
          </ul>
        )}
      </div>
      {patch.diff.text === null ? (
        <Empty icon="file" title="Too long to be shown here">
          {formatBytes(patch.diff.bytes)} of changes: {patch.files.map(({ path }) => path).join(', ')}
        </Empty>
      ) : (
        files.map(file => <FileDiff key={file.path} file={file} />)
      )}
    </Scroll>
  )
}

const FileDiff = memo(function FileDiff({ file }: { file: DiffFile }) {
  const [whole, setWhole] = useState(false)
  const total = file.hunks.reduce((sum, { lines }) => sum + lines.length, 0)
  let room = whole ? total : shownLines
  return (
    <details className={diff.file} open>
      <summary className={diff.fileHead}>
        <code className={diff.path}>{file.path}</code>
        <span className={diff.plus}>+{file.added}</span>
        <span className={diff.minus}>−{file.removed}</span>
      </summary>
      {file.binary || total === 0 ? (
        <p className={diff.none}>{file.binary ? 'Not text.' : 'No line differs.'}</p>
      ) : (
        <Scroll className={diff.code} label={`Changes of ${file.path}`}>
          <table className={diff.table}>
            {file.hunks.map((hunk, index) => {
              const lines = hunk.lines.slice(0, Math.max(0, room))
              room -= hunk.lines.length
              return lines.length === 0 ? null : (
                // biome-ignore lint/suspicious/noArrayIndexKey: hunks never change their places.
                <tbody key={index}>
                  {index === 0 && hunk.head === '' ? null : (
                    <tr className={diff.hunk}>
                      <td colSpan={3}>{hunk.head === '' ? '⋯' : hunk.head}</td>
                    </tr>
                  )}
                  {lines.map((line, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: nor do lines.
                    <Line key={place} line={line} />
                  ))}
                </tbody>
              )
            })}
          </table>
        </Scroll>
      )}
      {total > shownLines && !whole ? (
        <Button onClick={() => setWhole(true)}>Show {counted(total - shownLines, 'more line')}</Button>
      ) : null}
    </details>
  )
})

const spoken = { added: 'added: ', removed: 'removed: ', same: '', note: '' }
const signs = { added: '+', removed: '−', same: '', note: '' }

function Line({ line: { kind, before, after, text } }: { line: DiffLine }) {
  return (
    <tr data-kind={kind}>
      <td className={diff.number}>{before ?? ''}</td>
      <td className={diff.number}>{after ?? ''}</td>
      <td className={diff.text}>
        <span className={diff.sign} aria-hidden="true">
          {signs[kind]}
        </span>
        {spoken[kind] === '' ? null : <span className="sr-only">{spoken[kind]}</span>}
        {text}
      </td>
    </tr>
  )
}
