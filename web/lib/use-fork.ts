import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useMutation } from 'urql'
import { useApp } from './app-context.ts'
import { ForkRunDocument } from './documents.ts'
import { faultOf, type Refusal, refusalOf } from './fault.ts'
import { randomKey } from './random.ts'

type Asked = { atSeq: number; changes: object; reason: string | null }

/** Asks for the fork, once for one filled-in form, and goes to it. */
export function useFork(runId: string) {
  const [{ fetching }, ask] = useMutation(ForkRunDocument)
  const [refusal, refuse] = useState<Refusal | null>(null)
  const [last, remember] = useState<{ asked: string; key: string } | null>(null)
  const navigate = useNavigate()
  const { notices } = useApp()
  const fork = async (given: Asked) => {
    const asked = JSON.stringify(given)
    // The answer may have been lost on its way: asking for the same again must not begin another fork.
    const key = last?.asked === asked ? last.key : randomKey()
    remember({ asked, key })
    refuse(null)
    const { data, error } = await ask({ input: { runId, idempotencyKey: key, ...given } as never })
    if (data !== undefined && 'run' in data.forkRun) {
      notices.say('The fork has begun. Its parent goes on as it was.', 'good')
      return navigate({ to: '/runs/$runId', params: { runId: data.forkRun.run.id } })
    }
    refuse(error === undefined ? refusalOf(data?.forkRun) : { message: faultOf(error), hint: '' })
  }
  return { fork, pending: fetching, refusal }
}
