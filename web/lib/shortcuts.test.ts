import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { places } from '../pages/places.ts'
import { conflicts, createShortcuts, type KeyPress } from './shortcuts.ts'

function rig() {
  let now = 0
  const did: string[] = []
  const registry = createShortcuts(() => now)
  const shortcut = (keys: string, name = keys) => ({ keys, title: name, group: 'Test', run: () => void did.push(name) })
  const press = (key: string, more: Partial<KeyPress> = {}) =>
    registry.press({ key, mod: false, alt: false, typing: false, ...more })
  const wait = (ms: number) => {
    now += ms
  }
  return { registry, did, shortcut, press, wait }
}

test('a key does what it says', () => {
  const { registry, did, shortcut, press } = rig()
  registry.add([shortcut('j')])
  expect([press('j'), press('x')]).toEqual([true, false])
  expect(did).toEqual(['j'])
})

test('a chord is two keys in time', () => {
  const { registry, did, shortcut, press, wait } = rig()
  registry.add([shortcut('g h'), shortcut('h')])
  press('g')
  press('h')
  press('g')
  wait(1_500)
  press('h')
  expect(did).toEqual(['g h', 'h'])
})

test('a chord that comes to nothing does not swallow the key', () => {
  const { registry, did, shortcut, press } = rig()
  registry.add([shortcut('g h'), shortcut('j')])
  press('g')
  press('j')
  expect(did).toEqual(['j'])
})

test('what is typed is text, except Escape and mod+k', () => {
  const { registry, did, shortcut, press } = rig()
  registry.add([shortcut('j'), shortcut('Escape'), shortcut('mod+k')])
  press('j', { typing: true })
  press('Escape', { typing: true })
  press('k', { typing: true, mod: true })
  expect(did).toEqual(['Escape', 'mod+k'])
})

test('mod+k is not k', () => {
  const { registry, did, shortcut, press } = rig()
  registry.add([shortcut('k'), shortcut('mod+k')])
  press('k', { mod: true })
  press('k')
  expect(did).toEqual(['mod+k', 'k'])
})

test('what is in front takes the key, and gives it back', () => {
  const { registry, did, shortcut, press } = rig()
  registry.add([shortcut('j', 'list')])
  const remove = registry.add([shortcut('j', 'dialog')])
  press('j')
  remove()
  press('j')
  expect(did).toEqual(['dialog', 'list'])
  expect(registry.active().map(one => one.title)).toEqual(['list'])
})

test('conflicts are found where there are some', () => {
  expect(conflicts(['g h', 'g', 'j'])).toEqual([['g', 'g h']])
  expect(conflicts(['j', 'k', 'j'])).toEqual([['j', 'j']])
})

test('no key of the page is the beginning of another, and within one group none stands twice', () => {
  const web = fileURLToPath(new URL('..', import.meta.url))
  const found = readdirSync(web, { recursive: true, encoding: 'utf8' })
    .filter(file => /(features|pages)\/.*\.tsx$/.test(file))
    .flatMap(file => [
      ...readFileSync(join(web, file), 'utf8').matchAll(/keys: '([^']+)',\s*title:[^}]*?group: '([^']+)'/g),
    ])
    .map(([, keys, group]) => ({ keys: keys ?? '', group: group ?? '' }))
    .concat(places.map(({ key }) => ({ keys: `g ${key}`, group: 'Everywhere' })))
  expect(found.length).toBeGreaterThan(15)
  expect(conflicts([...new Set(found.map(one => one.keys))])).toEqual([])
  const groups = new Map<string, string[]>()
  for (const { keys, group } of found) groups.set(group, [...(groups.get(group) ?? []), keys])
  // Everywhere works beside everything; the others stand on pages of their own.
  const everywhere = groups.get('Everywhere') ?? []
  for (const [group, keys] of groups) {
    if (group !== 'Everywhere') expect(conflicts([...new Set([...keys]), ...everywhere]), group).toEqual([])
  }
})
