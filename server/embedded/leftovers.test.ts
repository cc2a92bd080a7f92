import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findHomes, removeLeftHomes, signHome } from './leftovers.ts'
import { temporaryDirectory } from './testing.ts'

/** A home with something in it, and the project's directory that leads there. */
function project(root: string, name: string): { home: string; directory: string } {
  const [home, directory] = [join(root, 'data', `home-${name}`), join(root, name, 'postgres')]
  for (const path of [join(home, 'data'), directory]) mkdirSync(path, { recursive: true })
  writeFileSync(join(home, 'data', 'file'), 'x'.repeat(10_000))
  symlinkSync(home, join(directory, 'home'))
  signHome(home, directory)
  return { home, directory }
}

const statesIn = (root: string) =>
  Object.fromEntries(findHomes(join(root, 'data')).map(({ path, state }) => [path.split('home-')[1], state]))

test('homes whose project is gone are found and removed, and no others', async () => {
  const root = temporaryDirectory()
  const [kept, gone, moved, running] = ['kept', 'gone', 'moved', 'running'].map(name => project(root, name))
  if (!kept || !gone || !moved || !running) throw new Error('four')
  mkdirSync(join(root, 'data', 'home-unsigned'))
  mkdirSync(join(root, 'data', 'something-else'))
  for (const { directory } of [gone, moved, running]) rmSync(directory, { recursive: true })
  // Begun anew in the same place: the directory is there, but leads elsewhere.
  mkdirSync(moved.directory)
  symlinkSync(kept.home, join(moved.directory, 'home'))
  const server = spawn('sleep', ['60'], { cwd: join(running.home, 'data') })
  onTestFinished(() => void server.kill('SIGKILL'))
  await once(server, 'spawn')

  const states = { kept: 'used', gone: 'left', moved: 'left', running: 'running', unsigned: 'unknown' }
  expect(statesIn(root)).toEqual(states)
  const found = findHomes(join(root, 'data'))
  expect(found.find(({ state }) => state === 'running')).toMatchObject({ pid: server.pid, of: running.directory })
  expect(found.find(({ path }) => path === gone.home)?.bytes).toBeGreaterThanOrEqual(10_000)

  expect(removeLeftHomes(join(root, 'data')).map(({ path }) => path)).toEqual([gone.home, moved.home])
  expect(statesIn(root)).toEqual({ kept: 'used', running: 'running', unsigned: 'unknown' })
  expect(existsSync(join(root, 'data', 'something-else'))).toBe(true)
})

test('where there are none, there is nothing to tell', () => {
  expect(findHomes('/nonexistent/data')).toEqual([])
  expect(removeLeftHomes('/nonexistent/data')).toEqual([])
})
