/** Repositories for tests, each in a temporary directory. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const made: string[] = []

/** A directory that `removeTemporary` removes. */
export function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), 'orrery-repository-'))
  made.push(directory)
  return directory
}

export function removeTemporary(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true })
}

/** A directory with files; a Git repository with one commit of them unless told. */
export function repository(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: { git?: boolean; commit?: boolean } = {},
): string {
  const { git = true } = options
  const directory = temporary()
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), content)
  }
  if (git) inGit(directory, 'init', '--quiet', '--initial-branch=main')
  if (options.commit ?? git) commitAll(directory)
  return directory
}

export function commitAll(directory: string, message = 'Begin'): void {
  inGit(directory, 'add', '--all')
  inGit(directory, 'commit', '--quiet', '--allow-empty', '--message', message)
}

export function inGit(directory: string, ...args: string[]): string {
  const own = ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid', '-c', 'commit.gpgsign=false']
  return execFileSync('git', [...own, ...args], { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}
