/** A server of its own for an evaluation: with an empty database, and with one model that can be chosen. */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readModelsConfig } from '../agents/providers/configuration.ts'

const project = fileURLToPath(new URL('..', import.meta.url))
const startMs = 120_000

export type EvalServer = { url: string; key: string; close(): Promise<void> }

/** Throws an Error with what the server said where it does not start. */
export async function startServer(model: string): Promise<EvalServer> {
  const directory = mkdtempSync(join(tmpdir(), 'orrery-evals-'))
  // The embedded Postgres runs as another user where this one is root.
  chmodSync(directory, 0o755)
  const models = join(directory, 'models.json')
  writeFileSync(models, JSON.stringify(only(model)))
  // A simulated run is made by simulated models alone: which of them is left to the router.
  const restricted = model.startsWith('simulated/') ? {} : { ORRERY_MODELS: models }
  const child = spawn(process.execPath, ['--import', 'tsx', join(project, 'server', 'main.ts')], {
    cwd: project,
    env: { ...process.env, PORT: '0', ORRERY_DATA: join(directory, 'data'), ...restricted },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => (said = `${said}${chunk}`.slice(-20_000)))
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const close = async () => {
    child.kill('SIGTERM')
    const patience = setTimeout(() => child.kill('SIGKILL'), 15_000)
    await ended
    clearTimeout(patience)
    rmSync(directory, { recursive: true, force: true })
  }
  const deadline = Date.now() + startMs
  while (!/Sign in.*token=/.test(said)) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await close()
      throw new Error(`the server did not start:\n${said}`)
    }
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  const { url, key } = JSON.parse(readFileSync(join(directory, 'data', 'credentials.json'), 'utf8')) as {
    url: string
    key: string
  }
  return { url, key, close }
}

/** Every other model loses its tools, without which no agent can use it. Throws where there is no such model. */
function only(id: string): { models: unknown[] } {
  const { models } = readModelsConfig(process.env, { simulated: true })
  if (!models.some(model => model.id === id))
    throw new Error(`there is no model ${id}: ${models.map(one => one.id).join(', ')}`)
  return {
    models: models
      .filter(model => model.id !== id)
      .map(model => ({ ...model, abilities: { ...model.abilities, tools: false } })),
  }
}
