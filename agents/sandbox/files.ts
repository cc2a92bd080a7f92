/**
 * Files of a workspace, moved in and out by commands that run inside. Nothing of a workspace is ever opened from outside,
 * where a link would lead to the host's files and a pipe would hang a thread.
 */
import { OrreryError } from '../../domain/errors.ts'
import type { ExecRequest, ExecResult } from '../../domain/ports.ts'
import { MiB } from './limits.ts'
import { workspacePath, workspaceRoot } from './paths.ts'
import { readTar } from './tar.ts'

type Run = (call: ExecRequest & { limits: { outputBytes: number } }) => Promise<ExecResult>

/** Bytes that `readFile` takes at most unless told. */
const defaultFileBytes = 16 * MiB

/** Exit codes with which the scripts below say "no". */
const refusals: Readonly<Record<number, readonly [code: 'NOT_FOUND' | 'BAD_INPUT', why: string]>> = {
  60: ['NOT_FOUND', 'does not exist'],
  61: ['BAD_INPUT', 'leads through a link'],
  62: ['BAD_INPUT', 'is not a regular file'],
  63: ['BAD_INPUT', 'is not a directory'],
}

/** Goes down to the directory of $1 without following a link, and leaves the last name in $name. With `make`, makes what is missing. */
const descend = `
set -f
make=$2
rest=$1
while case $rest in */*) true ;; *) false ;; esac; do
  step=./\${rest%%/*}
  rest=\${rest#*/}
  if [ -L "$step" ]; then exit 61; fi
  if [ ! -e "$step" ] && [ "$make" = make ]; then mkdir -- "$step" || exit 1; fi
  if [ ! -e "$step" ]; then exit 60; fi
  if [ ! -d "$step" ]; then exit 63; fi
  cd -- "$step" || exit 1
done
name=./$rest
if [ -L "$name" ]; then exit 61; fi
`

const scripts = {
  read: `${descend}
if [ ! -e "$name" ]; then exit 60; fi
if [ ! -f "$name" ]; then exit 62; fi
exec head -c "$3" -- "$name"`,
  write: `${descend}
if [ -e "$name" ] && [ ! -f "$name" ]; then exit 62; fi
exec cat > "$name"`,
  pack: `${descend}
if [ ! -e "$name" ]; then exit 60; fi
if [ ! -d "$name" ]; then exit 63; fi
exec tar --create --file=- --format=gnu --blocking-factor=1 --hard-dereference --numeric-owner --owner=0 --group=0 --sort=name --mtime=@0 --directory="$name" .`,
  unpack: `${descend}
if [ ! -e "$name" ]; then mkdir -- "$name" || exit 1; fi
if [ ! -d "$name" ]; then exit 63; fi
exec tar --extract --file=- --no-same-owner --no-same-permissions --directory="$name"`,
}

export type Files = {
  readFile(path: string, maxBytes?: number): Promise<Uint8Array>
  writeFile(path: string, bytes: Uint8Array | string): Promise<void>
  pack(path: string, maxBytes: number): Promise<Uint8Array>
  unpack(path: string, tar: Uint8Array): Promise<void>
}

/** The file operations of a workspace, by way of `run`, which executes a command in it. */
export function createFiles(run: Run): Files {
  const script = (
    name: keyof typeof scripts,
    path: string,
    options: { args?: string[]; stdin?: Uint8Array | string; outputBytes: number },
  ) =>
    run({
      argv: ['/bin/sh', '-c', scripts[name], name, path, ...(options.args ?? [''])],
      cwd: workspaceRoot,
      limits: { outputBytes: options.outputBytes },
      ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
    })
  return {
    async readFile(path, maxBytes = defaultFileBytes) {
      const inside = fileName(path)
      const result = await script('read', inside, { args: ['', String(maxBytes + 1)], outputBytes: maxBytes + 1 })
      succeeded(result, path)
      if (result.stdoutBytes > maxBytes) throw tooLarge(path, maxBytes)
      return result.stdout
    },
    async writeFile(path, bytes) {
      succeeded(await script('write', fileName(path), { args: ['make'], stdin: bytes, outputBytes: MiB }), path)
    },
    async pack(path, maxBytes) {
      const result = await script('pack', workspacePath(path) || '.', { outputBytes: maxBytes })
      if (result.stdoutBytes > maxBytes) throw tooLarge(path, maxBytes)
      succeeded(result, path)
      for (const entry of readTar(result.stdout)) refuseSpecial(entry.type, entry.name)
      return result.stdout
    },
    async unpack(path, tar) {
      for (const entry of readTar(tar)) {
        refuseSpecial(entry.type, entry.name)
        // An absolute name would be taken as one below the workspace's root by tar; nobody means that.
        if (entry.name.startsWith('/')) throw new OrreryError('BAD_INPUT', `the archive holds an absolute name`)
        workspacePath(entry.name)
      }
      succeeded(
        await script('unpack', workspacePath(path) || '.', { args: ['make'], stdin: tar, outputBytes: MiB }),
        path,
      )
    },
  }
}

function fileName(path: string): string {
  const inside = workspacePath(path)
  if (inside === '' || path.endsWith('/')) throw new OrreryError('BAD_INPUT', `${JSON.stringify(path)} names no file`)
  return inside
}

function refuseSpecial(type: string, name: string): void {
  if (type === 'file' || type === 'directory' || type === 'symlink') return
  throw new OrreryError(
    'BAD_INPUT',
    `${JSON.stringify(name.slice(0, 200))} is a ${type}, not a file, directory or symbolic link`,
  )
}

function tooLarge(path: string, maxBytes: number): OrreryError {
  return new OrreryError('LIMIT_EXCEEDED', `${JSON.stringify(path.slice(0, 200))} is larger than ${maxBytes} bytes`)
}

function succeeded(result: ExecResult, path: string): void {
  if (result.exitCode === 0) return
  const name = JSON.stringify(path.slice(0, 200))
  const refusal = refusals[result.exitCode ?? -1]
  if (refusal !== undefined) throw new OrreryError(refusal[0], `${name} ${refusal[1]}`)
  const said = Buffer.from(result.stderr).toString().trim().split('\n')[0]?.slice(0, 300) ?? ''
  if (/no space left|file too large|disk quota/i.test(said) || result.end === 'memory' || result.signal === 'SIGXFSZ') {
    throw new OrreryError('LIMIT_EXCEEDED', `${name} does not fit into the workspace`)
  }
  if (result.end === 'cancelled') throw new OrreryError('CANCELLED', `${name}: the workspace was closed`)
  if (result.end === 'wall-time' || result.end === 'cpu-time')
    throw new OrreryError('TIMEOUT', `${name}: the time was used up`)
  throw new OrreryError('BAD_INPUT', `${name}: ${said || `ended with ${result.exitCode ?? result.signal}`}`)
}
