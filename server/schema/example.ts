/** Repositories to try the product on, where they came with this installation. */
import { existsSync } from 'node:fs'
import { inCheckout } from '../../setup/checkout.mjs'
import { builder } from './builder.ts'

const examples = [
  { name: 'python-inventory', about: 'The stock of a small warehouse in plain Python.' },
  { name: 'javascript-shop', about: 'A small shop in plain JavaScript, without a build step.' },
  { name: 'typescript-ledger', about: 'Double-entry bookkeeping in TypeScript.' },
].map(one => ({ ...one, repository: inCheckout('examples', one.name) }))

const Example = builder.objectRef<(typeof examples)[number]>('Example').implement({
  description: 'A small repository with faults on purpose.',
  fields: t => ({
    name: t.exposeString('name'),
    about: t.exposeString('about'),
    repository: t.exposeString('repository', { description: 'Its path on the machine of the server.' }),
  }),
})

builder.queryField('examples', t =>
  t.field({
    type: [Example],
    description: 'What came along to be tried on; none where the installation left them out.',
    resolve: () => examples.filter(({ repository }) => existsSync(repository)),
  }),
)
