/** What an agent is told of a repository before it begins: the project's own conventions, its scripts, and what lies where. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createGit } from './git.mjs'
import { writeAll } from './report.mjs'
import { isBinary, walk, workspaceTree } from './walk.mjs'

/** What is written for whoever works on the project; the most specific first. */
const wanted = [/^agents\.md$/i, /^claude\.md$/i, /^contributing(\.(md|rst|txt))?$/i, /^readme(\.(md|rst|txt))?$/i]
const mostOfOne = 8 * 1_024
const mostOfAll = 20 * 1_024
const mostFiles = 250

process.chdir(workspaceTree)

function conventions() {
  const files = readdirSync('.', { withFileTypes: true }).filter(entry => entry.isFile())
  const found = []
  const seen = new Set()
  let room = mostOfAll
  for (const name of wanted.flatMap(pattern => files.filter(file => pattern.test(file.name)).map(file => file.name))) {
    if (isBinary(name)) continue
    const text = readFileSync(name, 'utf8').trim()
    if (text === '' || seen.has(text) || room <= 0) continue
    seen.add(text)
    const most = Math.min(mostOfOne, room)
    room -= Math.min(text.length, most)
    found.push({ file: name, text: text.slice(0, most), whole: text.length <= most })
  }
  return found
}

function scripts() {
  try {
    const { scripts = {} } = JSON.parse(readFileSync('package.json', 'utf8'))
    return Object.entries(scripts)
      .slice(0, 30)
      .map(([name, command]) => `${name}: ${String(command).slice(0, 200)}`)
  } catch {
    return []
  }
}

/** All files of a small tree; of a large one its directories, with how many files lie below each. */
function tree() {
  const files = [...walk()].sort()
  if (files.length <= mostFiles) return files
  const below = new Map()
  for (const file of files) {
    const directory = file.split('/').slice(0, -1).slice(0, 3).join('/')
    below.set(directory, (below.get(directory) ?? 0) + 1)
  }
  const rows = [...below].map(([directory, count]) => `${directory || '.'}/ (${count} files)`)
  return rows.length <= mostFiles
    ? rows
    : [...rows.slice(0, mostFiles), `[… ${rows.length - mostFiles} more directories]`]
}

function head() {
  if (!existsSync('.git')) return null
  try {
    return createGit('file').run(['log', '-1', '--format=%H %s'], { cwd: workspaceTree })
  } catch {
    return null
  }
}

writeAll(JSON.stringify({ conventions: conventions(), scripts: scripts(), tree: tree(), head: head() }))
