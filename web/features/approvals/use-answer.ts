import { useState } from 'react'
import { useMutation } from 'urql'
import { useApp } from '../../lib/app-context.ts'
import { type Question, toQuestion } from '../../lib/approvals.ts'
import { faultOf, refusalOf } from '../../lib/fault.ts'
import { AnswerApprovalDocument } from './documents.ts'

type Answer = Record<string, string | number | boolean>

/** Says an answer. Who was faster is told as the server says it. */
export function useAnswer(question: Question) {
  const { inbox, notices } = useApp()
  const [{ fetching }, say] = useMutation(AnswerApprovalDocument)
  const [said, setSaid] = useState<Answer | null>(null)
  const answer = async (given: Answer) => {
    if (fetching || said !== null) return
    setSaid(given)
    const { data, error } = await say({ input: { approvalId: question.id, answer: given } })
    if (data !== undefined && 'approval' in data.answerApproval) {
      const { approval } = data.answerApproval
      inbox.take([toQuestion(approval)])
      if (approval.status !== 'OPEN') return
      notices.say(`${approval.votes} of ${approval.quorum} have agreed.`, 'good')
      return
    }
    setSaid(null)
    const refusal = error === undefined ? refusalOf(data?.answerApproval) : { message: faultOf(error), hint: '' }
    if (refusal !== null) notices.say(`${refusal.message} ${refusal.hint}`, 'bad')
  }
  return { answer: (given: Answer) => void answer(given), pending: said }
}
