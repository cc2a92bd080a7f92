import { useState } from 'react'
import { useClient, useMutation } from 'urql'
import { useApp } from './app-context.ts'
import { type Question, toQuestion } from './approvals.ts'
import { AnswerApprovalDocument, ApprovalDocument } from './documents.ts'
import { faultOf, refusalOf } from './fault.ts'

type Answer = Record<string, string | number | boolean>

/** Says an answer. Who was faster, and when, is told as the server says it. Resolves with whether it counted. */
export function useAnswer(question: Pick<Question, 'id'>) {
  const { inbox, notices } = useApp()
  const [{ fetching }, say] = useMutation(AnswerApprovalDocument)
  const client = useClient()
  const [said, setSaid] = useState<Answer | null>(null)
  /** How it stands now, where an answer did not count: somebody was faster, or nobody waits any more. */
  const lookAgain = async () => {
    const { data } = await client
      .query(ApprovalDocument, { id: question.id }, { requestPolicy: 'network-only' })
      .toPromise()
    if (data?.approval) inbox.take([toQuestion(data.approval)])
  }
  const answer = async (given: Answer): Promise<boolean> => {
    if (fetching || said !== null) return false
    setSaid(given)
    const { data, error } = await say({ input: { approvalId: question.id, answer: given } })
    if (data !== undefined && 'approval' in data.answerApproval) {
      const { approval } = data.answerApproval
      inbox.take([toQuestion(approval)])
      if (approval.status === 'OPEN') notices.say(`${approval.votes} of ${approval.quorum} have agreed.`, 'good')
      return true
    }
    setSaid(null)
    const refusal = error === undefined ? refusalOf(data?.answerApproval) : { message: faultOf(error), hint: '' }
    if (error === undefined) await lookAgain()
    if (refusal !== null) notices.say(`${refusal.message} ${refusal.hint}`, 'bad')
    return false
  }
  return { answer, pending: said }
}
