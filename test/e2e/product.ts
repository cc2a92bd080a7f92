/** The whole product in a process of its own, which may be killed and started again on what it left. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inCheckout } from '../../setup/checkout.mjs'

export type Product = {
  /** Where it listens; the same after each start. */
  url(): string
  /** The path of the link that signs in once, of the last start. */
  link(): string
  /** Of the owner. */
  key(): string
  /** Resolves once it answers; rejects with all that it said where it ends before. */
  start(): Promise<void>
  /** As a machine that loses its power would end it. */
  kill(): Promise<void>
  /** Asks it to, and insists after 15 s. */
  stop(): Promise<void>
}

/** `data`: its data directory; `env`: its settings beside that. Postgres and Redis are its own unless told. */
export function createProduct(data: string, env: Readonly<Record<string, string>> = {}): Product {
  const { PATH = '', HOME = '' } = process.env
  let child: ChildProcess | null = null
  let at = { url: '', link: '', port: '0' }
  const end = async (signal: NodeJS.Signals) => {
    const ended = child
    child = null
    if (ended === null || ended.exitCode !== null || ended.signalCode !== null) return
    const closed = once(ended, 'close')
    ended.kill(signal)
    const timer = setTimeout(() => ended.kill('SIGKILL'), 15_000)
    await closed
    clearTimeout(timer)
  }
  return {
    url: () => at.url,
    link: () => at.link,
    key: () => JSON.parse(readFileSync(join(data, 'credentials.json'), 'utf8')).key,
    async start() {
      child = spawn(process.execPath, ['--import', 'tsx', inCheckout('server', 'main.ts')], {
        cwd: inCheckout(),
        env: { PATH, HOME, PORT: at.port, ORRERY_DATA: data, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const [, url = '', link = ''] = await said(child, /Sign in, once and within an hour: (http:\/\/[^/]+)(\/\S+)/)
      at = { url, link, port: new URL(url).port }
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

/** Resolves with the match in what the process says; rejects with all of it where it ends before. */
function said(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.once('close', () => reject(new Error(`the server ended: ${text}`)))
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (more: string) => {
        text = `${text}${more}`.slice(-65_536)
        const match = pattern.exec(text)
        if (match !== null) resolve(match)
      })
    }
  })
}
