/** A real browser for tests, from an npm package: no system package, no download, the same fonts on every machine. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { makePassable } from '../setup/account.mjs'
import { inCheckout } from '../setup/checkout.mjs'
import { exclusively } from '../setup/lock.mjs'
import { run } from '../setup/run.mjs'
import { cacheDirectory } from '../setup/tools.mjs'

/** Playwright sets most of these by itself; they are named here because a test run must not call out whatever it does. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
]

/** Headless, with its own empty profile; the caller closes it. Root has no use of Chromium's own sandbox. */
export async function launchBrowser(): Promise<Browser> {
  const directory = await unpackedBrowser()
  return chromium.launch({
    executablePath: join(directory, 'chromium'),
    // The language of the shell, such as C, is none that a page can count in.
    args: [...quiet, '--no-sandbox', '--font-render-hinting=none', '--lang=en-US'],
    env: {
      ...process.env,
      // Where the machine speaks no language, the browser would call its own `en-US@posix`, which nobody can read.
      LANG: 'en_US.UTF-8',
      FONTCONFIG_PATH: join(directory, 'fonts'),
      LD_LIBRARY_PATH: join(directory, 'al2023', 'lib'),
    },
  })
}

/**
 * The package unpacks itself into the temporary directory, bare of any check: half a browser stays half. Unpacked beside
 * and renamed, once a machine, it is whole or absent.
 * @returns the directory with `chromium`, `fonts` and `al2023/lib` inside
 */
async function unpackedBrowser(): Promise<string> {
  const { version } = JSON.parse(
    readFileSync(inCheckout('node_modules', '@sparticuz', 'chromium', 'package.json'), 'utf8'),
  )
  const parent = makePassable(join(cacheDirectory(), 'chromium'))
  const directory = join(parent, version)
  if (existsSync(directory)) return directory
  await exclusively(parent, async () => {
    if (existsSync(directory)) return
    const draft = join(parent, 'draft')
    rmSync(draft, { recursive: true, force: true })
    mkdirSync(draft)
    // The variable makes it bring the libraries that a bare machine lacks.
    const env = { ...process.env, TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' }
    const unpack = "import('@sparticuz/chromium').then(browser => browser.default.executablePath())"
    await run(process.execPath, ['--input-type=module', '--eval', unpack], { cwd: inCheckout(), env })
    renameSync(draft, directory)
  })
  return directory
}
