import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './db/schema.ts',
    './db/schema-money.ts',
    './db/schema-approvals.ts',
    './db/schema-conversations.ts',
    './db/schema-workflows.ts',
  ],
  out: './db/migrations',
})
