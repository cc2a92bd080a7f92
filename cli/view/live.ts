/** The run on a terminal, drawn over itself while it goes on. */
import { begunAt, isRunEnded } from '../../domain/run/state.ts'
import type { Followed } from '../follow.ts'
import { count, duration, oneLine } from '../format.ts'
import type { Outputs } from '../outputs.ts'
import { cut, type Style } from '../style.ts'
import type { Output } from '../terminal.ts'
import { progressLine, renderTree } from './tree.ts'
import { runSigns } from './words.ts'

export type View = {
  /** It tells what happened, and not only how things are. */
  readonly wantsHistory: boolean
  show(followed: Followed): void
  /** The connection is lost, with the number of tries so far; 0: it is back. */
  connection(tries: number): void
  /** Makes room for other lines below: the picture stands still until `resume`. */
  pause(): Promise<void>
  resume(): void
  /** Leaves the last picture standing, tasks in full. */
  close(): Promise<void>
}

const frameMs = 100
const spinner = [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏']
/** Lines besides the tasks: a blank one, the title, progress, what Ctrl-C does, and the cursor's. */
const frameLines = 5

type Frame = {
  now: number
  width: number
  room: number
  style: Style
  tick: number
  /** Tries to find a lost server again. */
  tries: number
  /** It is left standing. */
  final?: boolean
  /** What a task at work has written last. */
  lastLine?: (taskIndex: number) => string
}

/** One picture, each line at most `width` columns. Pure. */
export function renderFrame({ run, calls, head }: Followed, frame: Frame): string[] {
  const { now, width, room, style, tick, tries, final = false, lastLine = () => '' } = frame
  const sign = runSigns[run.status]
  const took = duration((run.endedAt ?? now) - begunAt(run))
  const spin = spinner[tick % spinner.length] ?? ''
  const moves = run.status === 'RUNNING' && !final
  const lines = [
    '',
    `${style[sign.colour](moves ? spin : sign.text)} ${style.bold(cut(oneLine(run.title), width - 30))}  ${style.dim(`${run.status.toLowerCase()} · ${took}`)}`,
    ...renderTree(run, { now, calls, lastLine, width, room, style, ...(final ? {} : { spinner: spin }) }),
    style.dim(
      cut(`  ${progressLine(run)} · ${run.head < head ? `${run.head} of ` : ''}${count(head, 'event')}`, width),
    ),
  ]
  if (final) return lines
  if (tries > 0)
    lines.push(style.yellow(cut(`  The connection is lost; looking for the server again (${tries}) …`, width)))
  else if (!isRunEnded(run.status)) lines.push(style.dim(cut('  Ctrl-C detaches; the run goes on.', width)))
  return lines
}

export function createLiveView(output: Output, now: () => number, outputs: Outputs): View {
  let newest: Followed | null = null
  let drawn = 0
  let tick = 0
  let tries = 0
  let paused = false

  const draw = (final = false) => {
    if (newest === null) return
    const room = final ? 500 : Math.max(3, output.height() - frameLines)
    const screen = { width: output.width(), style: output.style }
    const lines = renderFrame(newest, { ...screen, now: now(), room, tick, tries, final, lastLine: outputs.lastLine })
    void output.write(`${drawn > 0 ? `\x1b[${drawn}A` : ''}${lines.map(line => `${line}\x1b[K\n`).join('')}\x1b[J`)
    drawn = lines.length
  }

  const showCursor = () => void output.write('\x1b[?25h')
  process.once('exit', showCursor)
  void output.write('\x1b[?25l')
  const timer = setInterval(() => {
    tick++
    if (!paused) draw()
  }, frameMs)

  return {
    wantsHistory: false,
    show(followed) {
      newest = followed
      outputs.follow(followed.run.tasks)
    },
    connection: number => {
      tries = number
    },
    async pause() {
      draw()
      paused = true
      drawn = 0
      await output.write('\x1b[?25h')
    },
    resume() {
      paused = false
      void output.write('\x1b[?25l')
    },
    async close() {
      clearInterval(timer)
      outputs.close()
      tries = 0
      draw(true)
      process.off('exit', showCursor)
      await output.write('\x1b[?25h')
    },
  }
}
