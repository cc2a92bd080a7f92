import { z } from 'zod'

/** One side of a transaction; cents, positive for a debit and negative for a credit. */
export const Posting = z.object({ accountId: z.string().min(1), cents: z.int() })
export type Posting = z.infer<typeof Posting>

export const Transaction = z.object({
  id: z.string().min(1),
  date: z.iso.date(),
  text: z.string(),
  postings: z.array(Posting).min(2),
})
export type Transaction = z.infer<typeof Transaction>
