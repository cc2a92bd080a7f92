import { expect, test } from 'vitest'
import { repositoryName, slugOf } from './project.ts'

test.each([
  ['https://github.com/owner/name.git', 'name'],
  ['https://github.com/owner/name/', 'name'],
  ['git@github.com:owner/name.git', 'name'],
  ['git@host:name', 'name'],
  ['/home/me/My Project/', 'My Project'],
  ['/', 'project'],
])('the project of %s is called %s', (repository, name) => expect(repositoryName(repository)).toBe(name))

test.each([
  ['Café & Co', 'cafe-co'],
  ['--x--', 'x'],
  ['日本', 'project'],
  [`${'a'.repeat(59)} b`, 'a'.repeat(59)],
])('%s has the slug %s', (name, slug) => expect(slugOf(name)).toBe(slug))
