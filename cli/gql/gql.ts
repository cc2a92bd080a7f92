/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment ShownApproval on Approval {\n    id kind status title body fields quorum votes answer answeredBy requestedAt dueAt closedAt taskIndex\n    run { id title }\n    task { key title }\n  }\n": typeof types.ShownApprovalFragmentDoc,
    "\n  mutation AnswerApproval($input: AnswerApprovalInput!) {\n    answerApproval(input: $input) {\n      ... on AnswerApprovalPayload { approval { id status votes quorum } }\n      ... on UserError { code message hint }\n    }\n  }\n": typeof types.AnswerApprovalDocument,
    "\n  query ListApprovals($first: Int!, $filter: ApprovalFilter) {\n    approvals(first: $first, filter: $filter) { nodes { ...ShownApproval } pageInfo { hasNextPage } }\n  }\n": typeof types.ListApprovalsDocument,
    "query FindApproval($id: ID!) { approval(id: $id) { ...ShownApproval } }": typeof types.FindApprovalDocument,
    "\n  query OpenOfRun($runId: ID!) {\n    approvals(first: 20, filter: { runId: $runId, statuses: [OPEN] }) { nodes { ...ShownApproval } }\n  }\n": typeof types.OpenOfRunDocument,
    "\n  fragment ShownBudget on Budget {\n    scope subjectId limit reserved spent remaining forecast\n    byModel { name calls spent inputTokens outputTokens }\n    byAgent { name calls spent inputTokens outputTokens }\n  }\n": typeof types.ShownBudgetFragmentDoc,
    "\n  query OrganisationBudget { viewer { organisation { name budget { ...ShownBudget } } } }\n": typeof types.OrganisationBudgetDocument,
    "query ProjectBudget($id: ID!) { project(id: $id) { name budget { ...ShownBudget } } }": typeof types.ProjectBudgetDocument,
    "query RunBudget($id: ID!) { run(id: $id) { title budget { ...ShownBudget } } }": typeof types.RunBudgetDocument,
    "\n  mutation SetBudget($input: SetBudgetInput!) {\n    setBudget(input: $input) {\n      ... on SetBudgetPayload { budget { ...ShownBudget } }\n      ... on UserError { code message hint }\n    }\n  }\n": typeof types.SetBudgetDocument,
    "\n  query NewestProject { runs(first: 1, filter: { topLevel: true }) { nodes { project { id slug repository } } } }\n": typeof types.NewestProjectDocument,
    "\n  query CheckServer {\n    viewer { name keyId expiresAt }\n    health { status version startedAt checks { name status reason mend } }\n  }\n": typeof types.CheckServerDocument,
    "\n  mutation CancelRun($input: CancelRunInput!) {\n    cancelRun(input: $input) { ... on CancelRunPayload { run { id status } } ... on UserError { code message hint } }\n  }\n": typeof types.CancelRunDocument,
    "\n  mutation PauseRun($input: PauseRunInput!) {\n    pauseRun(input: $input) { ... on PauseRunPayload { run { id status } } ... on UserError { code message hint } }\n  }\n": typeof types.PauseRunDocument,
    "\n  mutation ResumeRun($input: ResumeRunInput!) {\n    resumeRun(input: $input) { ... on ResumeRunPayload { run { id status } } ... on UserError { code message hint } }\n  }\n": typeof types.ResumeRunDocument,
    "\n  mutation ResetRun($input: ResetRunInput!) {\n    resetRun(input: $input) { ... on ResetRunPayload { run { id status } } ... on UserError { code message hint } }\n  }\n": typeof types.ResetRunDocument,
    "\n  mutation PauseAll($input: StopEverythingInput!) {\n    stopEverything(input: $input) {\n      ... on StopEverythingPayload { runIds failedRunIds }\n      ... on UserError { code message hint }\n    }\n  }\n": typeof types.PauseAllDocument,
    "\n  mutation ResumeAll($input: ResumeEverythingInput!) {\n    resumeEverything(input: $input) {\n      ... on ResumeEverythingPayload { runIds failedRunIds }\n      ... on UserError { code message hint }\n    }\n  }\n": typeof types.ResumeAllDocument,
    "\n  query RunToFork($id: ID!) { run(id: $id) { head workflow variables } }\n": typeof types.RunToForkDocument,
    "\n  query VariablesOfWorkflow($name: String!) { workflow(name: $name) { variables { name type description } } }\n": typeof types.VariablesOfWorkflowDocument,
    "\n  mutation ForkRun($input: ForkRunInput!) {\n    forkRun(input: $input) {\n      ... on ForkRunPayload { run { id forkedFrom { seq } } }\n      ... on UserError { code message hint }\n    }\n  }\n": typeof types.ForkRunDocument,
    "\n  query ListRuns($first: Int!, $filter: RunFilter) {\n    runs(first: $first, filter: $filter) { nodes { ...ListedRun } pageInfo { hasNextPage } }\n  }\n": typeof types.ListRunsDocument,
    "\n  query ListProjectRuns($id: ID!, $first: Int!, $filter: RunFilter) {\n    project(id: $id) { runs(first: $first, filter: $filter) { nodes { ...ListedRun } pageInfo { hasNextPage } } }\n  }\n": typeof types.ListProjectRunsDocument,
    "\n  fragment ListedRun on Run {\n    id status title workflow startedAt endedAt\n    project { slug }\n    progress { total ended failed }\n  }\n": typeof types.ListedRunFragmentDoc,
    "\n  query ListProviders {\n    providers {\n      name protocol simulated status breaker inFlight queued lastError\n      models { id status breaker inFlight queued calls failures latencySeconds lastError }\n    }\n    viewer { organisation { budget { byModel { name calls spent } } } }\n  }\n": typeof types.ListProvidersDocument,
    "\n  mutation ReplayRun($input: ReplayRunInput!) {\n    replayRun(input: $input) {\n      ... on ReplayRunPayload {\n        identical events commands claims calls prompts\n        divergence { seq kind difference expected got task { key } }\n        unchecked { epoch reason task { key } }\n      }\n      ... on UserError { code message hint }\n    }\n  }\n": typeof types.ReplayRunDocument,
    "\n  query OpenRuns($after: String) {\n    runs(first: 100, after: $after, filter: { statuses: [PENDING, RUNNING, PAUSED, WAITING] }) {\n      nodes { id }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.OpenRunsDocument,
    "\n  mutation RetryTask($input: RetryTaskInput!) {\n    retryTask(input: $input) { ... on RetryTaskPayload { run { id status } } ... on UserError { code message hint } }\n  }\n": typeof types.RetryTaskDocument,
    "\n  query WorkflowToRun($name: String!) {\n    workflow(name: $name) { title variables { name type description required } }\n    workflows { name }\n  }\n": typeof types.WorkflowToRunDocument,
    "\n  mutation StartRun($input: StartRunInput!) {\n    startRun(input: $input) {\n      ... on StartRunPayload { run { id } }\n      ... on UserError { code message hint }\n    }\n  }\n": typeof types.StartRunDocument,
    "\n  query ListWorkflows {\n    workflows { name version title description steps { key } variables { name type description required default } }\n  }\n": typeof types.ListWorkflowsDocument,
    "\n  fragment ShownMessage on Message {\n    id state text model simulated cost\n    links { runId seq type title }\n    commands { index kind summary state run { id } error { code message hint } }\n    error { code message hint }\n  }\n": typeof types.ShownMessageFragmentDoc,
    "\n  mutation CreateConversation($input: CreateConversationInput!) {\n    createConversation(input: $input) {\n      ... on CreateConversationPayload { conversation { id } }\n      ... on UserError { code message hint }\n    }\n  }\n": typeof types.CreateConversationDocument,
    "\n  mutation Say($input: SayInput!) {\n    say(input: $input) {\n      ... on SayPayload { reply { ...ShownMessage } }\n      ... on UserError { code message hint }\n    }\n  }\n": typeof types.SayDocument,
    "\n  subscription ConversationChanged($id: ID!, $after: Int!) {\n    conversationChanged(conversationId: $id, after: $after) { version messages { ...ShownMessage } }\n  }\n": typeof types.ConversationChangedDocument,
    "query FindMessage($id: ID!) { node(id: $id) { __typename ... on Message { ...ShownMessage } } }": typeof types.FindMessageDocument,
    "\n  mutation ConfirmCommand($input: ConfirmCommandInput!) {\n    confirmCommand(input: $input) {\n      ... on ConfirmCommandPayload { reply { ...ShownMessage } }\n      ... on UserError { code message hint }\n    }\n  }\n": typeof types.ConfirmCommandDocument,
    "\n  fragment SentEvent on RunEvent { runId seq at type data actor { kind id name } correlationId causationSeq }\n": typeof types.SentEventFragmentDoc,
    "\n  subscription FollowRun($runId: ID!, $after: Int!) {\n    runEvents(runId: $runId, after: $after) { head status events { ...SentEvent } }\n  }\n": typeof types.FollowRunDocument,
    "\n  query RunNow($id: ID!, $newest: Int!) {\n    run(id: $id) {\n      stateAt(seq: $newest) { data }\n      events(last: 100, types: [\"ToolCallStarted\", \"ToolCallFinished\"]) { nodes { ...SentEvent } }\n    }\n  }\n": typeof types.RunNowDocument,
    "\n  subscription TaskOutput($runId: ID!, $taskIndex: Int!) {\n    taskOutput(runId: $runId, taskIndex: $taskIndex) { epoch text }\n  }\n": typeof types.TaskOutputDocument,
    "query ProjectBySlug($slug: String!) { project(slug: $slug) { id slug repository } }": typeof types.ProjectBySlugDocument,
    "query ProjectById($id: ID!) { project(id: $id) { id slug repository } }": typeof types.ProjectByIdDocument,
    "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload { project { id slug repository } }\n      ... on UserError { code message hint }\n    }\n  }\n": typeof types.CreateProjectDocument,
    "\n  fragment ShownProposal on Proposal {\n    id state workflow title variables reason confidence model simulated\n    questions { variable question }\n    estimate { low high basis runs }\n    error { code message hint }\n    project { slug }\n  }\n": typeof types.ShownProposalFragmentDoc,
    "\n  mutation ProposeRun($input: ProposeRunInput!) {\n    proposeRun(input: $input) {\n      ... on ProposeRunPayload { proposal { ...ShownProposal } }\n      ... on UserError { code message hint }\n    }\n  }\n": typeof types.ProposeRunDocument,
    "query FindProposal($id: ID!) { proposal(id: $id) { ...ShownProposal } }": typeof types.FindProposalDocument,
    "\n  subscription ProposalThought($id: ID!) { proposalChanged(proposalId: $id) { ...ShownProposal } }\n": typeof types.ProposalThoughtDocument,
    "\n  query ProposedWorkflow($name: String!) {\n    workflow(name: $name) { variables { name type description required } }\n  }\n": typeof types.ProposedWorkflowDocument,
    "\n  mutation ConfirmProposal($input: ConfirmProposalInput!) {\n    confirmProposal(input: $input) {\n      ... on ConfirmProposalPayload { run { id } }\n      ... on UserError { code message hint }\n    }\n  }\n": typeof types.ConfirmProposalDocument,
    "query NewestRun { runs(first: 1, filter: { topLevel: true }) { nodes { id } } }": typeof types.NewestRunDocument,
};
const documents: Documents = {
    "\n  fragment ShownApproval on Approval {\n    id kind status title body fields quorum votes answer answeredBy requestedAt dueAt closedAt taskIndex\n    run { id title }\n    task { key title }\n  }\n": types.ShownApprovalFragmentDoc,
    "\n  mutation AnswerApproval($input: AnswerApprovalInput!) {\n    answerApproval(input: $input) {\n      ... on AnswerApprovalPayload { approval { id status votes quorum } }\n      ... on UserError { code message hint }\n    }\n  }\n": types.AnswerApprovalDocument,
    "\n  query ListApprovals($first: Int!, $filter: ApprovalFilter) {\n    approvals(first: $first, filter: $filter) { nodes { ...ShownApproval } pageInfo { hasNextPage } }\n  }\n": types.ListApprovalsDocument,
    "query FindApproval($id: ID!) { approval(id: $id) { ...ShownApproval } }": types.FindApprovalDocument,
    "\n  query OpenOfRun($runId: ID!) {\n    approvals(first: 20, filter: { runId: $runId, statuses: [OPEN] }) { nodes { ...ShownApproval } }\n  }\n": types.OpenOfRunDocument,
    "\n  fragment ShownBudget on Budget {\n    scope subjectId limit reserved spent remaining forecast\n    byModel { name calls spent inputTokens outputTokens }\n    byAgent { name calls spent inputTokens outputTokens }\n  }\n": types.ShownBudgetFragmentDoc,
    "\n  query OrganisationBudget { viewer { organisation { name budget { ...ShownBudget } } } }\n": types.OrganisationBudgetDocument,
    "query ProjectBudget($id: ID!) { project(id: $id) { name budget { ...ShownBudget } } }": types.ProjectBudgetDocument,
    "query RunBudget($id: ID!) { run(id: $id) { title budget { ...ShownBudget } } }": types.RunBudgetDocument,
    "\n  mutation SetBudget($input: SetBudgetInput!) {\n    setBudget(input: $input) {\n      ... on SetBudgetPayload { budget { ...ShownBudget } }\n      ... on UserError { code message hint }\n    }\n  }\n": types.SetBudgetDocument,
    "\n  query NewestProject { runs(first: 1, filter: { topLevel: true }) { nodes { project { id slug repository } } } }\n": types.NewestProjectDocument,
    "\n  query CheckServer {\n    viewer { name keyId expiresAt }\n    health { status version startedAt checks { name status reason mend } }\n  }\n": types.CheckServerDocument,
    "\n  mutation CancelRun($input: CancelRunInput!) {\n    cancelRun(input: $input) { ... on CancelRunPayload { run { id status } } ... on UserError { code message hint } }\n  }\n": types.CancelRunDocument,
    "\n  mutation PauseRun($input: PauseRunInput!) {\n    pauseRun(input: $input) { ... on PauseRunPayload { run { id status } } ... on UserError { code message hint } }\n  }\n": types.PauseRunDocument,
    "\n  mutation ResumeRun($input: ResumeRunInput!) {\n    resumeRun(input: $input) { ... on ResumeRunPayload { run { id status } } ... on UserError { code message hint } }\n  }\n": types.ResumeRunDocument,
    "\n  mutation ResetRun($input: ResetRunInput!) {\n    resetRun(input: $input) { ... on ResetRunPayload { run { id status } } ... on UserError { code message hint } }\n  }\n": types.ResetRunDocument,
    "\n  mutation PauseAll($input: StopEverythingInput!) {\n    stopEverything(input: $input) {\n      ... on StopEverythingPayload { runIds failedRunIds }\n      ... on UserError { code message hint }\n    }\n  }\n": types.PauseAllDocument,
    "\n  mutation ResumeAll($input: ResumeEverythingInput!) {\n    resumeEverything(input: $input) {\n      ... on ResumeEverythingPayload { runIds failedRunIds }\n      ... on UserError { code message hint }\n    }\n  }\n": types.ResumeAllDocument,
    "\n  query RunToFork($id: ID!) { run(id: $id) { head workflow variables } }\n": types.RunToForkDocument,
    "\n  query VariablesOfWorkflow($name: String!) { workflow(name: $name) { variables { name type description } } }\n": types.VariablesOfWorkflowDocument,
    "\n  mutation ForkRun($input: ForkRunInput!) {\n    forkRun(input: $input) {\n      ... on ForkRunPayload { run { id forkedFrom { seq } } }\n      ... on UserError { code message hint }\n    }\n  }\n": types.ForkRunDocument,
    "\n  query ListRuns($first: Int!, $filter: RunFilter) {\n    runs(first: $first, filter: $filter) { nodes { ...ListedRun } pageInfo { hasNextPage } }\n  }\n": types.ListRunsDocument,
    "\n  query ListProjectRuns($id: ID!, $first: Int!, $filter: RunFilter) {\n    project(id: $id) { runs(first: $first, filter: $filter) { nodes { ...ListedRun } pageInfo { hasNextPage } } }\n  }\n": types.ListProjectRunsDocument,
    "\n  fragment ListedRun on Run {\n    id status title workflow startedAt endedAt\n    project { slug }\n    progress { total ended failed }\n  }\n": types.ListedRunFragmentDoc,
    "\n  query ListProviders {\n    providers {\n      name protocol simulated status breaker inFlight queued lastError\n      models { id status breaker inFlight queued calls failures latencySeconds lastError }\n    }\n    viewer { organisation { budget { byModel { name calls spent } } } }\n  }\n": types.ListProvidersDocument,
    "\n  mutation ReplayRun($input: ReplayRunInput!) {\n    replayRun(input: $input) {\n      ... on ReplayRunPayload {\n        identical events commands claims calls prompts\n        divergence { seq kind difference expected got task { key } }\n        unchecked { epoch reason task { key } }\n      }\n      ... on UserError { code message hint }\n    }\n  }\n": types.ReplayRunDocument,
    "\n  query OpenRuns($after: String) {\n    runs(first: 100, after: $after, filter: { statuses: [PENDING, RUNNING, PAUSED, WAITING] }) {\n      nodes { id }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.OpenRunsDocument,
    "\n  mutation RetryTask($input: RetryTaskInput!) {\n    retryTask(input: $input) { ... on RetryTaskPayload { run { id status } } ... on UserError { code message hint } }\n  }\n": types.RetryTaskDocument,
    "\n  query WorkflowToRun($name: String!) {\n    workflow(name: $name) { title variables { name type description required } }\n    workflows { name }\n  }\n": types.WorkflowToRunDocument,
    "\n  mutation StartRun($input: StartRunInput!) {\n    startRun(input: $input) {\n      ... on StartRunPayload { run { id } }\n      ... on UserError { code message hint }\n    }\n  }\n": types.StartRunDocument,
    "\n  query ListWorkflows {\n    workflows { name version title description steps { key } variables { name type description required default } }\n  }\n": types.ListWorkflowsDocument,
    "\n  fragment ShownMessage on Message {\n    id state text model simulated cost\n    links { runId seq type title }\n    commands { index kind summary state run { id } error { code message hint } }\n    error { code message hint }\n  }\n": types.ShownMessageFragmentDoc,
    "\n  mutation CreateConversation($input: CreateConversationInput!) {\n    createConversation(input: $input) {\n      ... on CreateConversationPayload { conversation { id } }\n      ... on UserError { code message hint }\n    }\n  }\n": types.CreateConversationDocument,
    "\n  mutation Say($input: SayInput!) {\n    say(input: $input) {\n      ... on SayPayload { reply { ...ShownMessage } }\n      ... on UserError { code message hint }\n    }\n  }\n": types.SayDocument,
    "\n  subscription ConversationChanged($id: ID!, $after: Int!) {\n    conversationChanged(conversationId: $id, after: $after) { version messages { ...ShownMessage } }\n  }\n": types.ConversationChangedDocument,
    "query FindMessage($id: ID!) { node(id: $id) { __typename ... on Message { ...ShownMessage } } }": types.FindMessageDocument,
    "\n  mutation ConfirmCommand($input: ConfirmCommandInput!) {\n    confirmCommand(input: $input) {\n      ... on ConfirmCommandPayload { reply { ...ShownMessage } }\n      ... on UserError { code message hint }\n    }\n  }\n": types.ConfirmCommandDocument,
    "\n  fragment SentEvent on RunEvent { runId seq at type data actor { kind id name } correlationId causationSeq }\n": types.SentEventFragmentDoc,
    "\n  subscription FollowRun($runId: ID!, $after: Int!) {\n    runEvents(runId: $runId, after: $after) { head status events { ...SentEvent } }\n  }\n": types.FollowRunDocument,
    "\n  query RunNow($id: ID!, $newest: Int!) {\n    run(id: $id) {\n      stateAt(seq: $newest) { data }\n      events(last: 100, types: [\"ToolCallStarted\", \"ToolCallFinished\"]) { nodes { ...SentEvent } }\n    }\n  }\n": types.RunNowDocument,
    "\n  subscription TaskOutput($runId: ID!, $taskIndex: Int!) {\n    taskOutput(runId: $runId, taskIndex: $taskIndex) { epoch text }\n  }\n": types.TaskOutputDocument,
    "query ProjectBySlug($slug: String!) { project(slug: $slug) { id slug repository } }": types.ProjectBySlugDocument,
    "query ProjectById($id: ID!) { project(id: $id) { id slug repository } }": types.ProjectByIdDocument,
    "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload { project { id slug repository } }\n      ... on UserError { code message hint }\n    }\n  }\n": types.CreateProjectDocument,
    "\n  fragment ShownProposal on Proposal {\n    id state workflow title variables reason confidence model simulated\n    questions { variable question }\n    estimate { low high basis runs }\n    error { code message hint }\n    project { slug }\n  }\n": types.ShownProposalFragmentDoc,
    "\n  mutation ProposeRun($input: ProposeRunInput!) {\n    proposeRun(input: $input) {\n      ... on ProposeRunPayload { proposal { ...ShownProposal } }\n      ... on UserError { code message hint }\n    }\n  }\n": types.ProposeRunDocument,
    "query FindProposal($id: ID!) { proposal(id: $id) { ...ShownProposal } }": types.FindProposalDocument,
    "\n  subscription ProposalThought($id: ID!) { proposalChanged(proposalId: $id) { ...ShownProposal } }\n": types.ProposalThoughtDocument,
    "\n  query ProposedWorkflow($name: String!) {\n    workflow(name: $name) { variables { name type description required } }\n  }\n": types.ProposedWorkflowDocument,
    "\n  mutation ConfirmProposal($input: ConfirmProposalInput!) {\n    confirmProposal(input: $input) {\n      ... on ConfirmProposalPayload { run { id } }\n      ... on UserError { code message hint }\n    }\n  }\n": types.ConfirmProposalDocument,
    "query NewestRun { runs(first: 1, filter: { topLevel: true }) { nodes { id } } }": types.NewestRunDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ShownApproval on Approval {\n    id kind status title body fields quorum votes answer answeredBy requestedAt dueAt closedAt taskIndex\n    run { id title }\n    task { key title }\n  }\n"): (typeof documents)["\n  fragment ShownApproval on Approval {\n    id kind status title body fields quorum votes answer answeredBy requestedAt dueAt closedAt taskIndex\n    run { id title }\n    task { key title }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AnswerApproval($input: AnswerApprovalInput!) {\n    answerApproval(input: $input) {\n      ... on AnswerApprovalPayload { approval { id status votes quorum } }\n      ... on UserError { code message hint }\n    }\n  }\n"): (typeof documents)["\n  mutation AnswerApproval($input: AnswerApprovalInput!) {\n    answerApproval(input: $input) {\n      ... on AnswerApprovalPayload { approval { id status votes quorum } }\n      ... on UserError { code message hint }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListApprovals($first: Int!, $filter: ApprovalFilter) {\n    approvals(first: $first, filter: $filter) { nodes { ...ShownApproval } pageInfo { hasNextPage } }\n  }\n"): (typeof documents)["\n  query ListApprovals($first: Int!, $filter: ApprovalFilter) {\n    approvals(first: $first, filter: $filter) { nodes { ...ShownApproval } pageInfo { hasNextPage } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query FindApproval($id: ID!) { approval(id: $id) { ...ShownApproval } }"): (typeof documents)["query FindApproval($id: ID!) { approval(id: $id) { ...ShownApproval } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OpenOfRun($runId: ID!) {\n    approvals(first: 20, filter: { runId: $runId, statuses: [OPEN] }) { nodes { ...ShownApproval } }\n  }\n"): (typeof documents)["\n  query OpenOfRun($runId: ID!) {\n    approvals(first: 20, filter: { runId: $runId, statuses: [OPEN] }) { nodes { ...ShownApproval } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ShownBudget on Budget {\n    scope subjectId limit reserved spent remaining forecast\n    byModel { name calls spent inputTokens outputTokens }\n    byAgent { name calls spent inputTokens outputTokens }\n  }\n"): (typeof documents)["\n  fragment ShownBudget on Budget {\n    scope subjectId limit reserved spent remaining forecast\n    byModel { name calls spent inputTokens outputTokens }\n    byAgent { name calls spent inputTokens outputTokens }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OrganisationBudget { viewer { organisation { name budget { ...ShownBudget } } } }\n"): (typeof documents)["\n  query OrganisationBudget { viewer { organisation { name budget { ...ShownBudget } } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProjectBudget($id: ID!) { project(id: $id) { name budget { ...ShownBudget } } }"): (typeof documents)["query ProjectBudget($id: ID!) { project(id: $id) { name budget { ...ShownBudget } } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RunBudget($id: ID!) { run(id: $id) { title budget { ...ShownBudget } } }"): (typeof documents)["query RunBudget($id: ID!) { run(id: $id) { title budget { ...ShownBudget } } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetBudget($input: SetBudgetInput!) {\n    setBudget(input: $input) {\n      ... on SetBudgetPayload { budget { ...ShownBudget } }\n      ... on UserError { code message hint }\n    }\n  }\n"): (typeof documents)["\n  mutation SetBudget($input: SetBudgetInput!) {\n    setBudget(input: $input) {\n      ... on SetBudgetPayload { budget { ...ShownBudget } }\n      ... on UserError { code message hint }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NewestProject { runs(first: 1, filter: { topLevel: true }) { nodes { project { id slug repository } } } }\n"): (typeof documents)["\n  query NewestProject { runs(first: 1, filter: { topLevel: true }) { nodes { project { id slug repository } } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CheckServer {\n    viewer { name keyId expiresAt }\n    health { status version startedAt checks { name status reason mend } }\n  }\n"): (typeof documents)["\n  query CheckServer {\n    viewer { name keyId expiresAt }\n    health { status version startedAt checks { name status reason mend } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelRun($input: CancelRunInput!) {\n    cancelRun(input: $input) { ... on CancelRunPayload { run { id status } } ... on UserError { code message hint } }\n  }\n"): (typeof documents)["\n  mutation CancelRun($input: CancelRunInput!) {\n    cancelRun(input: $input) { ... on CancelRunPayload { run { id status } } ... on UserError { code message hint } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PauseRun($input: PauseRunInput!) {\n    pauseRun(input: $input) { ... on PauseRunPayload { run { id status } } ... on UserError { code message hint } }\n  }\n"): (typeof documents)["\n  mutation PauseRun($input: PauseRunInput!) {\n    pauseRun(input: $input) { ... on PauseRunPayload { run { id status } } ... on UserError { code message hint } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResumeRun($input: ResumeRunInput!) {\n    resumeRun(input: $input) { ... on ResumeRunPayload { run { id status } } ... on UserError { code message hint } }\n  }\n"): (typeof documents)["\n  mutation ResumeRun($input: ResumeRunInput!) {\n    resumeRun(input: $input) { ... on ResumeRunPayload { run { id status } } ... on UserError { code message hint } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResetRun($input: ResetRunInput!) {\n    resetRun(input: $input) { ... on ResetRunPayload { run { id status } } ... on UserError { code message hint } }\n  }\n"): (typeof documents)["\n  mutation ResetRun($input: ResetRunInput!) {\n    resetRun(input: $input) { ... on ResetRunPayload { run { id status } } ... on UserError { code message hint } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PauseAll($input: StopEverythingInput!) {\n    stopEverything(input: $input) {\n      ... on StopEverythingPayload { runIds failedRunIds }\n      ... on UserError { code message hint }\n    }\n  }\n"): (typeof documents)["\n  mutation PauseAll($input: StopEverythingInput!) {\n    stopEverything(input: $input) {\n      ... on StopEverythingPayload { runIds failedRunIds }\n      ... on UserError { code message hint }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResumeAll($input: ResumeEverythingInput!) {\n    resumeEverything(input: $input) {\n      ... on ResumeEverythingPayload { runIds failedRunIds }\n      ... on UserError { code message hint }\n    }\n  }\n"): (typeof documents)["\n  mutation ResumeAll($input: ResumeEverythingInput!) {\n    resumeEverything(input: $input) {\n      ... on ResumeEverythingPayload { runIds failedRunIds }\n      ... on UserError { code message hint }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunToFork($id: ID!) { run(id: $id) { head workflow variables } }\n"): (typeof documents)["\n  query RunToFork($id: ID!) { run(id: $id) { head workflow variables } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query VariablesOfWorkflow($name: String!) { workflow(name: $name) { variables { name type description } } }\n"): (typeof documents)["\n  query VariablesOfWorkflow($name: String!) { workflow(name: $name) { variables { name type description } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ForkRun($input: ForkRunInput!) {\n    forkRun(input: $input) {\n      ... on ForkRunPayload { run { id forkedFrom { seq } } }\n      ... on UserError { code message hint }\n    }\n  }\n"): (typeof documents)["\n  mutation ForkRun($input: ForkRunInput!) {\n    forkRun(input: $input) {\n      ... on ForkRunPayload { run { id forkedFrom { seq } } }\n      ... on UserError { code message hint }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListRuns($first: Int!, $filter: RunFilter) {\n    runs(first: $first, filter: $filter) { nodes { ...ListedRun } pageInfo { hasNextPage } }\n  }\n"): (typeof documents)["\n  query ListRuns($first: Int!, $filter: RunFilter) {\n    runs(first: $first, filter: $filter) { nodes { ...ListedRun } pageInfo { hasNextPage } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListProjectRuns($id: ID!, $first: Int!, $filter: RunFilter) {\n    project(id: $id) { runs(first: $first, filter: $filter) { nodes { ...ListedRun } pageInfo { hasNextPage } } }\n  }\n"): (typeof documents)["\n  query ListProjectRuns($id: ID!, $first: Int!, $filter: RunFilter) {\n    project(id: $id) { runs(first: $first, filter: $filter) { nodes { ...ListedRun } pageInfo { hasNextPage } } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ListedRun on Run {\n    id status title workflow startedAt endedAt\n    project { slug }\n    progress { total ended failed }\n  }\n"): (typeof documents)["\n  fragment ListedRun on Run {\n    id status title workflow startedAt endedAt\n    project { slug }\n    progress { total ended failed }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListProviders {\n    providers {\n      name protocol simulated status breaker inFlight queued lastError\n      models { id status breaker inFlight queued calls failures latencySeconds lastError }\n    }\n    viewer { organisation { budget { byModel { name calls spent } } } }\n  }\n"): (typeof documents)["\n  query ListProviders {\n    providers {\n      name protocol simulated status breaker inFlight queued lastError\n      models { id status breaker inFlight queued calls failures latencySeconds lastError }\n    }\n    viewer { organisation { budget { byModel { name calls spent } } } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReplayRun($input: ReplayRunInput!) {\n    replayRun(input: $input) {\n      ... on ReplayRunPayload {\n        identical events commands claims calls prompts\n        divergence { seq kind difference expected got task { key } }\n        unchecked { epoch reason task { key } }\n      }\n      ... on UserError { code message hint }\n    }\n  }\n"): (typeof documents)["\n  mutation ReplayRun($input: ReplayRunInput!) {\n    replayRun(input: $input) {\n      ... on ReplayRunPayload {\n        identical events commands claims calls prompts\n        divergence { seq kind difference expected got task { key } }\n        unchecked { epoch reason task { key } }\n      }\n      ... on UserError { code message hint }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OpenRuns($after: String) {\n    runs(first: 100, after: $after, filter: { statuses: [PENDING, RUNNING, PAUSED, WAITING] }) {\n      nodes { id }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): (typeof documents)["\n  query OpenRuns($after: String) {\n    runs(first: 100, after: $after, filter: { statuses: [PENDING, RUNNING, PAUSED, WAITING] }) {\n      nodes { id }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RetryTask($input: RetryTaskInput!) {\n    retryTask(input: $input) { ... on RetryTaskPayload { run { id status } } ... on UserError { code message hint } }\n  }\n"): (typeof documents)["\n  mutation RetryTask($input: RetryTaskInput!) {\n    retryTask(input: $input) { ... on RetryTaskPayload { run { id status } } ... on UserError { code message hint } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WorkflowToRun($name: String!) {\n    workflow(name: $name) { title variables { name type description required } }\n    workflows { name }\n  }\n"): (typeof documents)["\n  query WorkflowToRun($name: String!) {\n    workflow(name: $name) { title variables { name type description required } }\n    workflows { name }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartRun($input: StartRunInput!) {\n    startRun(input: $input) {\n      ... on StartRunPayload { run { id } }\n      ... on UserError { code message hint }\n    }\n  }\n"): (typeof documents)["\n  mutation StartRun($input: StartRunInput!) {\n    startRun(input: $input) {\n      ... on StartRunPayload { run { id } }\n      ... on UserError { code message hint }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListWorkflows {\n    workflows { name version title description steps { key } variables { name type description required default } }\n  }\n"): (typeof documents)["\n  query ListWorkflows {\n    workflows { name version title description steps { key } variables { name type description required default } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ShownMessage on Message {\n    id state text model simulated cost\n    links { runId seq type title }\n    commands { index kind summary state run { id } error { code message hint } }\n    error { code message hint }\n  }\n"): (typeof documents)["\n  fragment ShownMessage on Message {\n    id state text model simulated cost\n    links { runId seq type title }\n    commands { index kind summary state run { id } error { code message hint } }\n    error { code message hint }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateConversation($input: CreateConversationInput!) {\n    createConversation(input: $input) {\n      ... on CreateConversationPayload { conversation { id } }\n      ... on UserError { code message hint }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateConversation($input: CreateConversationInput!) {\n    createConversation(input: $input) {\n      ... on CreateConversationPayload { conversation { id } }\n      ... on UserError { code message hint }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Say($input: SayInput!) {\n    say(input: $input) {\n      ... on SayPayload { reply { ...ShownMessage } }\n      ... on UserError { code message hint }\n    }\n  }\n"): (typeof documents)["\n  mutation Say($input: SayInput!) {\n    say(input: $input) {\n      ... on SayPayload { reply { ...ShownMessage } }\n      ... on UserError { code message hint }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ConversationChanged($id: ID!, $after: Int!) {\n    conversationChanged(conversationId: $id, after: $after) { version messages { ...ShownMessage } }\n  }\n"): (typeof documents)["\n  subscription ConversationChanged($id: ID!, $after: Int!) {\n    conversationChanged(conversationId: $id, after: $after) { version messages { ...ShownMessage } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query FindMessage($id: ID!) { node(id: $id) { __typename ... on Message { ...ShownMessage } } }"): (typeof documents)["query FindMessage($id: ID!) { node(id: $id) { __typename ... on Message { ...ShownMessage } } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConfirmCommand($input: ConfirmCommandInput!) {\n    confirmCommand(input: $input) {\n      ... on ConfirmCommandPayload { reply { ...ShownMessage } }\n      ... on UserError { code message hint }\n    }\n  }\n"): (typeof documents)["\n  mutation ConfirmCommand($input: ConfirmCommandInput!) {\n    confirmCommand(input: $input) {\n      ... on ConfirmCommandPayload { reply { ...ShownMessage } }\n      ... on UserError { code message hint }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SentEvent on RunEvent { runId seq at type data actor { kind id name } correlationId causationSeq }\n"): (typeof documents)["\n  fragment SentEvent on RunEvent { runId seq at type data actor { kind id name } correlationId causationSeq }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription FollowRun($runId: ID!, $after: Int!) {\n    runEvents(runId: $runId, after: $after) { head status events { ...SentEvent } }\n  }\n"): (typeof documents)["\n  subscription FollowRun($runId: ID!, $after: Int!) {\n    runEvents(runId: $runId, after: $after) { head status events { ...SentEvent } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunNow($id: ID!, $newest: Int!) {\n    run(id: $id) {\n      stateAt(seq: $newest) { data }\n      events(last: 100, types: [\"ToolCallStarted\", \"ToolCallFinished\"]) { nodes { ...SentEvent } }\n    }\n  }\n"): (typeof documents)["\n  query RunNow($id: ID!, $newest: Int!) {\n    run(id: $id) {\n      stateAt(seq: $newest) { data }\n      events(last: 100, types: [\"ToolCallStarted\", \"ToolCallFinished\"]) { nodes { ...SentEvent } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription TaskOutput($runId: ID!, $taskIndex: Int!) {\n    taskOutput(runId: $runId, taskIndex: $taskIndex) { epoch text }\n  }\n"): (typeof documents)["\n  subscription TaskOutput($runId: ID!, $taskIndex: Int!) {\n    taskOutput(runId: $runId, taskIndex: $taskIndex) { epoch text }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProjectBySlug($slug: String!) { project(slug: $slug) { id slug repository } }"): (typeof documents)["query ProjectBySlug($slug: String!) { project(slug: $slug) { id slug repository } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProjectById($id: ID!) { project(id: $id) { id slug repository } }"): (typeof documents)["query ProjectById($id: ID!) { project(id: $id) { id slug repository } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload { project { id slug repository } }\n      ... on UserError { code message hint }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload { project { id slug repository } }\n      ... on UserError { code message hint }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ShownProposal on Proposal {\n    id state workflow title variables reason confidence model simulated\n    questions { variable question }\n    estimate { low high basis runs }\n    error { code message hint }\n    project { slug }\n  }\n"): (typeof documents)["\n  fragment ShownProposal on Proposal {\n    id state workflow title variables reason confidence model simulated\n    questions { variable question }\n    estimate { low high basis runs }\n    error { code message hint }\n    project { slug }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ProposeRun($input: ProposeRunInput!) {\n    proposeRun(input: $input) {\n      ... on ProposeRunPayload { proposal { ...ShownProposal } }\n      ... on UserError { code message hint }\n    }\n  }\n"): (typeof documents)["\n  mutation ProposeRun($input: ProposeRunInput!) {\n    proposeRun(input: $input) {\n      ... on ProposeRunPayload { proposal { ...ShownProposal } }\n      ... on UserError { code message hint }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query FindProposal($id: ID!) { proposal(id: $id) { ...ShownProposal } }"): (typeof documents)["query FindProposal($id: ID!) { proposal(id: $id) { ...ShownProposal } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ProposalThought($id: ID!) { proposalChanged(proposalId: $id) { ...ShownProposal } }\n"): (typeof documents)["\n  subscription ProposalThought($id: ID!) { proposalChanged(proposalId: $id) { ...ShownProposal } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProposedWorkflow($name: String!) {\n    workflow(name: $name) { variables { name type description required } }\n  }\n"): (typeof documents)["\n  query ProposedWorkflow($name: String!) {\n    workflow(name: $name) { variables { name type description required } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConfirmProposal($input: ConfirmProposalInput!) {\n    confirmProposal(input: $input) {\n      ... on ConfirmProposalPayload { run { id } }\n      ... on UserError { code message hint }\n    }\n  }\n"): (typeof documents)["\n  mutation ConfirmProposal($input: ConfirmProposalInput!) {\n    confirmProposal(input: $input) {\n      ... on ConfirmProposalPayload { run { id } }\n      ... on UserError { code message hint }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query NewestRun { runs(first: 1, filter: { topLevel: true }) { nodes { id } } }"): (typeof documents)["query NewestRun { runs(first: 1, filter: { topLevel: true }) { nodes { id } } }"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;