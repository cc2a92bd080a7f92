/** The run on a terminal, drawn over itself while it goes on. */
import { isRunEnded } from '../../domain/run/state.ts'
import type { Followed } from '../follow.ts'
import { duration, oneLine } from '../format.ts'
import { cut, type Style } from '../style.ts'
import type { Output } from '../terminal.ts'
import { progressLine, renderTree } from './tree.ts'
import { runSigns } from './words.ts'

export type View = {
  show(followed: Followed): void
  /** The connection is lost, with the number of tries so far; 0: it is back. */
  connection(tries: number): void
  /** Leaves the last picture standing, tasks in full. */
  close(): Promise<void>
}

const frameMs = 100
const spinner = [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏']
/** Lines besides the tasks: a blank one, the title, progress, what Ctrl-C does, and the cursor's. */
const frameLines = 5

type Frame = { now: number; width: number; room: number; style: Style; tick: number; tries: number }

/** One picture, each line at most `width` columns. Pure. */
export function renderFrame({ run, calls, head, status }: Followed, frame: Frame): string[] {
  const { now, width, room, style, tick, tries } = frame
  const sign = runSigns[run.status]
  const took = duration((run.endedAt ?? now) - run.startedAt)
  const spin = spinner[tick % spinner.length] ?? ''
  const ended = isRunEnded(run.status)
  const lines = [
    '',
    `${style[sign.colour](run.status === 'RUNNING' ? spin : sign.text)} ${style.bold(cut(oneLine(run.title), width - 30))}  ${style.dim(`${run.status.toLowerCase()} · ${took}`)}`,
    ...renderTree(run, { now, calls, width, room, style, spinner: spin }),
    style.dim(cut(`  ${progressLine(run)} · event ${run.head}${run.head < head ? ` of ${head}` : ''}`, width)),
  ]
  if (tries > 0)
    lines.push(style.yellow(cut(`  The connection is lost; looking for the server again (${tries}) …`, width)))
  else if (!ended && status !== 'ENDED') lines.push(style.dim(cut('  Ctrl-C detaches; the run goes on.', width)))
  return lines
}

export function createLiveView(output: Output, now: () => number): View {
  let newest: Followed | null = null
  let drawn = 0
  let tick = 0
  let tries = 0

  const draw = (final = false) => {
    if (newest === null) return
    const room = final ? 500 : Math.max(3, output.height() - frameLines)
    const lines = renderFrame(newest, { now: now(), width: output.width(), room, style: output.style, tick, tries })
    void output.write(`${drawn > 0 ? `\x1b[${drawn}A` : ''}${lines.map(line => `${line}\x1b[K\n`).join('')}\x1b[J`)
    drawn = lines.length
  }

  const showCursor = () => void output.write('\x1b[?25h')
  process.once('exit', showCursor)
  void output.write('\x1b[?25l')
  const timer = setInterval(() => {
    tick++
    draw()
  }, frameMs)

  return {
    show: followed => {
      newest = followed
    },
    connection: number => {
      tries = number
    },
    async close() {
      clearInterval(timer)
      tries = 0
      draw(true)
      process.off('exit', showCursor)
      await output.write('\x1b[?25h')
    },
  }
}
