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
    "\n  query OrganisationBudget {\n    viewer {\n      organisation {\n        id\n        budget {\n          subjectId\n          limit\n          spent\n          reserved\n        }\n      }\n    }\n  }\n": typeof types.OrganisationBudgetDocument,
    "\n  query FirstSteps {\n    examples {\n      name\n      about\n      repository\n    }\n    providers {\n      name\n      simulated\n      status\n    }\n  }\n": typeof types.FirstStepsDocument,
    "\n  mutation PrepareExample($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload {\n        project {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": typeof types.PrepareExampleDocument,
    "\n  mutation AuditExample($input: StartRunInput!) {\n    startRun(input: $input) {\n      ... on StartRunPayload {\n        run {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": typeof types.AuditExampleDocument,
    "\n  fragment ProjectCard on Project {\n    id\n    slug\n    name\n    description\n    repository\n    createdAt\n  }\n": typeof types.ProjectCardFragmentDoc,
    "\n  query Projects($first: Int!, $after: String) {\n    projects(first: $first, after: $after) {\n      nodes {\n        ...ProjectCard\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.ProjectsDocument,
    "\n  query Project($slug: String!) {\n    project(slug: $slug) {\n      ...ProjectCard\n    }\n  }\n": typeof types.ProjectDocument,
    "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload {\n        project {\n          ...ProjectCard\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": typeof types.CreateProjectDocument,
    "\n  query Workflows {\n    workflows {\n      name\n      version\n      title\n      description\n      variables {\n        name\n        type\n        description\n        required\n        default\n        enum\n        minimum\n        maximum\n        maxLength\n      }\n      steps {\n        key\n        title\n      }\n    }\n  }\n": typeof types.WorkflowsDocument,
    "\n  mutation StartRun($input: StartRunInput!) {\n    startRun(input: $input) {\n      ... on StartRunPayload {\n        run {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": typeof types.StartRunDocument,
    "\n  fragment ProposalCard on Proposal {\n    id\n    state\n    text\n    workflow\n    title\n    variables\n    questions {\n      variable\n      question\n    }\n    estimate {\n      low\n      high\n      basis\n      runs\n    }\n    reason\n    confidence\n    model\n    simulated\n    error {\n      message\n      hint\n    }\n    project {\n      id\n      slug\n      name\n    }\n    run {\n      id\n    }\n  }\n": typeof types.ProposalCardFragmentDoc,
    "\n  mutation ProposeRun($input: ProposeRunInput!) {\n    proposeRun(input: $input) {\n      ... on ProposeRunPayload {\n        proposal {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": typeof types.ProposeRunDocument,
    "\n  subscription ProposalChanged($id: ID!) {\n    proposalChanged(proposalId: $id) {\n      ...ProposalCard\n    }\n  }\n": typeof types.ProposalChangedDocument,
    "\n  mutation ConfirmProposal($input: ConfirmProposalInput!) {\n    confirmProposal(input: $input) {\n      ... on ConfirmProposalPayload {\n        run {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": typeof types.ConfirmProposalDocument,
    "\n  query Providers {\n    providers {\n      name\n      protocol\n      simulated\n      status\n      breaker\n      inFlight\n      queued\n      lastError\n      models {\n        id\n        name\n        contextTokens\n        status\n        breaker\n        inFlight\n        queued\n        calls\n        failures\n        latencySeconds\n        lastError\n      }\n    }\n    viewer {\n      organisation {\n        id\n        budget {\n          subjectId\n          limit\n          spent\n          reserved\n          byModel {\n            name\n            calls\n            spent\n          }\n        }\n      }\n    }\n  }\n": typeof types.ProvidersDocument,
    "\n  fragment RunLine on Run {\n    id\n    head\n    status\n    title\n    workflow\n    startedAt\n    endedAt\n    parentTaskIndex\n    progress {\n      total\n      ended\n      failed\n    }\n    project {\n      id\n      slug\n      name\n    }\n    budget {\n      spent\n    }\n  }\n": typeof types.RunLineFragmentDoc,
    "\n  query RunPage($filter: RunFilter!, $first: Int, $after: String, $last: Int, $before: String) {\n    runs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      nodes {\n        ...RunLine\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n        hasPreviousPage\n        startCursor\n      }\n    }\n  }\n": typeof types.RunPageDocument,
    "\n  query RunsNow($open: Int!, $ended: Int!) {\n    open: runs(first: $open, filter: { topLevel: true, statuses: [PENDING, RUNNING, PAUSED, WAITING] }) {\n      totalCount\n      nodes {\n        ...RunLine\n      }\n    }\n    ended: runs(first: $ended, filter: { topLevel: true, statuses: [SUCCEEDED, FAILED, CANCELLED] }) {\n      nodes {\n        ...RunLine\n      }\n    }\n  }\n": typeof types.RunsNowDocument,
    "\n  subscription RunsChanged($projectId: ID) {\n    runsChanged(projectId: $projectId) {\n      reload\n      runs {\n        ...RunLine\n      }\n    }\n  }\n": typeof types.RunsChangedDocument,
    "\n  query RunFrame($id: ID!) {\n    run(id: $id) {\n      id\n      head\n      project {\n        id\n        slug\n        name\n      }\n      parent {\n        id\n        title\n      }\n    }\n  }\n": typeof types.RunFrameDocument,
    "\n  mutation PauseRun($input: PauseRunInput!) {\n    pauseRun(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": typeof types.PauseRunDocument,
    "\n  mutation ResumeRun($input: ResumeRunInput!) {\n    resumeRun(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": typeof types.ResumeRunDocument,
    "\n  mutation CancelRun($input: CancelRunInput!) {\n    cancelRun(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": typeof types.CancelRunDocument,
    "\n  mutation ResetRun($input: ResetRunInput!) {\n    resetRun(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": typeof types.ResetRunDocument,
    "\n  mutation RetryTask($input: RetryTaskInput!) {\n    retryTask(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": typeof types.RetryTaskDocument,
    "\n  subscription RunEvents($runId: ID!, $after: Int!) {\n    runEvents(runId: $runId, after: $after) {\n      status\n      head\n      events {\n        type\n        runId\n        seq\n        at\n        actor {\n          kind\n          id\n          name\n        }\n        correlationId\n        causationSeq\n        data\n      }\n    }\n  }\n": typeof types.RunEventsDocument,
    "\n  subscription TaskOutput($runId: ID!, $taskIndex: Int!) {\n    taskOutput(runId: $runId, taskIndex: $taskIndex) {\n      epoch\n      offset\n      text\n      end\n    }\n  }\n": typeof types.TaskOutputDocument,
    "\n  fragment ApprovalLine on Approval {\n    id\n    kind\n    status\n    title\n    body\n    fields\n    quorum\n    votes\n    answer\n    answeredBy\n    requestedAt\n    dueAt\n    taskIndex\n    task {\n      id\n      title\n    }\n    run {\n      id\n      title\n    }\n  }\n": typeof types.ApprovalLineFragmentDoc,
    "\n  query OpenApprovals {\n    approvals(first: 100, filter: { statuses: [OPEN] }) {\n      nodes {\n        ...ApprovalLine\n      }\n    }\n  }\n": typeof types.OpenApprovalsDocument,
    "\n  subscription ApprovalsChanged {\n    approvalsChanged {\n      reload\n      approvals {\n        ...ApprovalLine\n      }\n    }\n  }\n": typeof types.ApprovalsChangedDocument,
    "\n  mutation AnswerApproval($input: AnswerApprovalInput!) {\n    answerApproval(input: $input) {\n      ... on AnswerApprovalPayload {\n        approval {\n          ...ApprovalLine\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": typeof types.AnswerApprovalDocument,
    "\n  subscription SpendingChanged($from: DateTime!, $projectId: ID) {\n    spendingChanged(from: $from, projectId: $projectId) {\n      spent\n      count\n    }\n  }\n": typeof types.SpendingChangedDocument,
    "\n  query Spending($from: DateTime!, $to: DateTime, $projectId: ID, $after: String) {\n    spending(from: $from, to: $to, projectId: $projectId) {\n      spent\n      count\n      calls(first: 100, after: $after) {\n        nodes {\n          key\n          model\n          charged\n          isCertain\n          settledAt\n          task {\n            id\n            index\n            title\n          }\n          run {\n            id\n            title\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.SpendingDocument,
};
const documents: Documents = {
    "\n  query OrganisationBudget {\n    viewer {\n      organisation {\n        id\n        budget {\n          subjectId\n          limit\n          spent\n          reserved\n        }\n      }\n    }\n  }\n": types.OrganisationBudgetDocument,
    "\n  query FirstSteps {\n    examples {\n      name\n      about\n      repository\n    }\n    providers {\n      name\n      simulated\n      status\n    }\n  }\n": types.FirstStepsDocument,
    "\n  mutation PrepareExample($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload {\n        project {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": types.PrepareExampleDocument,
    "\n  mutation AuditExample($input: StartRunInput!) {\n    startRun(input: $input) {\n      ... on StartRunPayload {\n        run {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": types.AuditExampleDocument,
    "\n  fragment ProjectCard on Project {\n    id\n    slug\n    name\n    description\n    repository\n    createdAt\n  }\n": types.ProjectCardFragmentDoc,
    "\n  query Projects($first: Int!, $after: String) {\n    projects(first: $first, after: $after) {\n      nodes {\n        ...ProjectCard\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.ProjectsDocument,
    "\n  query Project($slug: String!) {\n    project(slug: $slug) {\n      ...ProjectCard\n    }\n  }\n": types.ProjectDocument,
    "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload {\n        project {\n          ...ProjectCard\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": types.CreateProjectDocument,
    "\n  query Workflows {\n    workflows {\n      name\n      version\n      title\n      description\n      variables {\n        name\n        type\n        description\n        required\n        default\n        enum\n        minimum\n        maximum\n        maxLength\n      }\n      steps {\n        key\n        title\n      }\n    }\n  }\n": types.WorkflowsDocument,
    "\n  mutation StartRun($input: StartRunInput!) {\n    startRun(input: $input) {\n      ... on StartRunPayload {\n        run {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": types.StartRunDocument,
    "\n  fragment ProposalCard on Proposal {\n    id\n    state\n    text\n    workflow\n    title\n    variables\n    questions {\n      variable\n      question\n    }\n    estimate {\n      low\n      high\n      basis\n      runs\n    }\n    reason\n    confidence\n    model\n    simulated\n    error {\n      message\n      hint\n    }\n    project {\n      id\n      slug\n      name\n    }\n    run {\n      id\n    }\n  }\n": types.ProposalCardFragmentDoc,
    "\n  mutation ProposeRun($input: ProposeRunInput!) {\n    proposeRun(input: $input) {\n      ... on ProposeRunPayload {\n        proposal {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": types.ProposeRunDocument,
    "\n  subscription ProposalChanged($id: ID!) {\n    proposalChanged(proposalId: $id) {\n      ...ProposalCard\n    }\n  }\n": types.ProposalChangedDocument,
    "\n  mutation ConfirmProposal($input: ConfirmProposalInput!) {\n    confirmProposal(input: $input) {\n      ... on ConfirmProposalPayload {\n        run {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": types.ConfirmProposalDocument,
    "\n  query Providers {\n    providers {\n      name\n      protocol\n      simulated\n      status\n      breaker\n      inFlight\n      queued\n      lastError\n      models {\n        id\n        name\n        contextTokens\n        status\n        breaker\n        inFlight\n        queued\n        calls\n        failures\n        latencySeconds\n        lastError\n      }\n    }\n    viewer {\n      organisation {\n        id\n        budget {\n          subjectId\n          limit\n          spent\n          reserved\n          byModel {\n            name\n            calls\n            spent\n          }\n        }\n      }\n    }\n  }\n": types.ProvidersDocument,
    "\n  fragment RunLine on Run {\n    id\n    head\n    status\n    title\n    workflow\n    startedAt\n    endedAt\n    parentTaskIndex\n    progress {\n      total\n      ended\n      failed\n    }\n    project {\n      id\n      slug\n      name\n    }\n    budget {\n      spent\n    }\n  }\n": types.RunLineFragmentDoc,
    "\n  query RunPage($filter: RunFilter!, $first: Int, $after: String, $last: Int, $before: String) {\n    runs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      nodes {\n        ...RunLine\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n        hasPreviousPage\n        startCursor\n      }\n    }\n  }\n": types.RunPageDocument,
    "\n  query RunsNow($open: Int!, $ended: Int!) {\n    open: runs(first: $open, filter: { topLevel: true, statuses: [PENDING, RUNNING, PAUSED, WAITING] }) {\n      totalCount\n      nodes {\n        ...RunLine\n      }\n    }\n    ended: runs(first: $ended, filter: { topLevel: true, statuses: [SUCCEEDED, FAILED, CANCELLED] }) {\n      nodes {\n        ...RunLine\n      }\n    }\n  }\n": types.RunsNowDocument,
    "\n  subscription RunsChanged($projectId: ID) {\n    runsChanged(projectId: $projectId) {\n      reload\n      runs {\n        ...RunLine\n      }\n    }\n  }\n": types.RunsChangedDocument,
    "\n  query RunFrame($id: ID!) {\n    run(id: $id) {\n      id\n      head\n      project {\n        id\n        slug\n        name\n      }\n      parent {\n        id\n        title\n      }\n    }\n  }\n": types.RunFrameDocument,
    "\n  mutation PauseRun($input: PauseRunInput!) {\n    pauseRun(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": types.PauseRunDocument,
    "\n  mutation ResumeRun($input: ResumeRunInput!) {\n    resumeRun(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": types.ResumeRunDocument,
    "\n  mutation CancelRun($input: CancelRunInput!) {\n    cancelRun(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": types.CancelRunDocument,
    "\n  mutation ResetRun($input: ResetRunInput!) {\n    resetRun(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": types.ResetRunDocument,
    "\n  mutation RetryTask($input: RetryTaskInput!) {\n    retryTask(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": types.RetryTaskDocument,
    "\n  subscription RunEvents($runId: ID!, $after: Int!) {\n    runEvents(runId: $runId, after: $after) {\n      status\n      head\n      events {\n        type\n        runId\n        seq\n        at\n        actor {\n          kind\n          id\n          name\n        }\n        correlationId\n        causationSeq\n        data\n      }\n    }\n  }\n": types.RunEventsDocument,
    "\n  subscription TaskOutput($runId: ID!, $taskIndex: Int!) {\n    taskOutput(runId: $runId, taskIndex: $taskIndex) {\n      epoch\n      offset\n      text\n      end\n    }\n  }\n": types.TaskOutputDocument,
    "\n  fragment ApprovalLine on Approval {\n    id\n    kind\n    status\n    title\n    body\n    fields\n    quorum\n    votes\n    answer\n    answeredBy\n    requestedAt\n    dueAt\n    taskIndex\n    task {\n      id\n      title\n    }\n    run {\n      id\n      title\n    }\n  }\n": types.ApprovalLineFragmentDoc,
    "\n  query OpenApprovals {\n    approvals(first: 100, filter: { statuses: [OPEN] }) {\n      nodes {\n        ...ApprovalLine\n      }\n    }\n  }\n": types.OpenApprovalsDocument,
    "\n  subscription ApprovalsChanged {\n    approvalsChanged {\n      reload\n      approvals {\n        ...ApprovalLine\n      }\n    }\n  }\n": types.ApprovalsChangedDocument,
    "\n  mutation AnswerApproval($input: AnswerApprovalInput!) {\n    answerApproval(input: $input) {\n      ... on AnswerApprovalPayload {\n        approval {\n          ...ApprovalLine\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n": types.AnswerApprovalDocument,
    "\n  subscription SpendingChanged($from: DateTime!, $projectId: ID) {\n    spendingChanged(from: $from, projectId: $projectId) {\n      spent\n      count\n    }\n  }\n": types.SpendingChangedDocument,
    "\n  query Spending($from: DateTime!, $to: DateTime, $projectId: ID, $after: String) {\n    spending(from: $from, to: $to, projectId: $projectId) {\n      spent\n      count\n      calls(first: 100, after: $after) {\n        nodes {\n          key\n          model\n          charged\n          isCertain\n          settledAt\n          task {\n            id\n            index\n            title\n          }\n          run {\n            id\n            title\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.SpendingDocument,
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
export function graphql(source: "\n  query OrganisationBudget {\n    viewer {\n      organisation {\n        id\n        budget {\n          subjectId\n          limit\n          spent\n          reserved\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query OrganisationBudget {\n    viewer {\n      organisation {\n        id\n        budget {\n          subjectId\n          limit\n          spent\n          reserved\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FirstSteps {\n    examples {\n      name\n      about\n      repository\n    }\n    providers {\n      name\n      simulated\n      status\n    }\n  }\n"): (typeof documents)["\n  query FirstSteps {\n    examples {\n      name\n      about\n      repository\n    }\n    providers {\n      name\n      simulated\n      status\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PrepareExample($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload {\n        project {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation PrepareExample($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload {\n        project {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AuditExample($input: StartRunInput!) {\n    startRun(input: $input) {\n      ... on StartRunPayload {\n        run {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation AuditExample($input: StartRunInput!) {\n    startRun(input: $input) {\n      ... on StartRunPayload {\n        run {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProjectCard on Project {\n    id\n    slug\n    name\n    description\n    repository\n    createdAt\n  }\n"): (typeof documents)["\n  fragment ProjectCard on Project {\n    id\n    slug\n    name\n    description\n    repository\n    createdAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Projects($first: Int!, $after: String) {\n    projects(first: $first, after: $after) {\n      nodes {\n        ...ProjectCard\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query Projects($first: Int!, $after: String) {\n    projects(first: $first, after: $after) {\n      nodes {\n        ...ProjectCard\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Project($slug: String!) {\n    project(slug: $slug) {\n      ...ProjectCard\n    }\n  }\n"): (typeof documents)["\n  query Project($slug: String!) {\n    project(slug: $slug) {\n      ...ProjectCard\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload {\n        project {\n          ...ProjectCard\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload {\n        project {\n          ...ProjectCard\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Workflows {\n    workflows {\n      name\n      version\n      title\n      description\n      variables {\n        name\n        type\n        description\n        required\n        default\n        enum\n        minimum\n        maximum\n        maxLength\n      }\n      steps {\n        key\n        title\n      }\n    }\n  }\n"): (typeof documents)["\n  query Workflows {\n    workflows {\n      name\n      version\n      title\n      description\n      variables {\n        name\n        type\n        description\n        required\n        default\n        enum\n        minimum\n        maximum\n        maxLength\n      }\n      steps {\n        key\n        title\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartRun($input: StartRunInput!) {\n    startRun(input: $input) {\n      ... on StartRunPayload {\n        run {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation StartRun($input: StartRunInput!) {\n    startRun(input: $input) {\n      ... on StartRunPayload {\n        run {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProposalCard on Proposal {\n    id\n    state\n    text\n    workflow\n    title\n    variables\n    questions {\n      variable\n      question\n    }\n    estimate {\n      low\n      high\n      basis\n      runs\n    }\n    reason\n    confidence\n    model\n    simulated\n    error {\n      message\n      hint\n    }\n    project {\n      id\n      slug\n      name\n    }\n    run {\n      id\n    }\n  }\n"): (typeof documents)["\n  fragment ProposalCard on Proposal {\n    id\n    state\n    text\n    workflow\n    title\n    variables\n    questions {\n      variable\n      question\n    }\n    estimate {\n      low\n      high\n      basis\n      runs\n    }\n    reason\n    confidence\n    model\n    simulated\n    error {\n      message\n      hint\n    }\n    project {\n      id\n      slug\n      name\n    }\n    run {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ProposeRun($input: ProposeRunInput!) {\n    proposeRun(input: $input) {\n      ... on ProposeRunPayload {\n        proposal {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ProposeRun($input: ProposeRunInput!) {\n    proposeRun(input: $input) {\n      ... on ProposeRunPayload {\n        proposal {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ProposalChanged($id: ID!) {\n    proposalChanged(proposalId: $id) {\n      ...ProposalCard\n    }\n  }\n"): (typeof documents)["\n  subscription ProposalChanged($id: ID!) {\n    proposalChanged(proposalId: $id) {\n      ...ProposalCard\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConfirmProposal($input: ConfirmProposalInput!) {\n    confirmProposal(input: $input) {\n      ... on ConfirmProposalPayload {\n        run {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ConfirmProposal($input: ConfirmProposalInput!) {\n    confirmProposal(input: $input) {\n      ... on ConfirmProposalPayload {\n        run {\n          id\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Providers {\n    providers {\n      name\n      protocol\n      simulated\n      status\n      breaker\n      inFlight\n      queued\n      lastError\n      models {\n        id\n        name\n        contextTokens\n        status\n        breaker\n        inFlight\n        queued\n        calls\n        failures\n        latencySeconds\n        lastError\n      }\n    }\n    viewer {\n      organisation {\n        id\n        budget {\n          subjectId\n          limit\n          spent\n          reserved\n          byModel {\n            name\n            calls\n            spent\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Providers {\n    providers {\n      name\n      protocol\n      simulated\n      status\n      breaker\n      inFlight\n      queued\n      lastError\n      models {\n        id\n        name\n        contextTokens\n        status\n        breaker\n        inFlight\n        queued\n        calls\n        failures\n        latencySeconds\n        lastError\n      }\n    }\n    viewer {\n      organisation {\n        id\n        budget {\n          subjectId\n          limit\n          spent\n          reserved\n          byModel {\n            name\n            calls\n            spent\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunLine on Run {\n    id\n    head\n    status\n    title\n    workflow\n    startedAt\n    endedAt\n    parentTaskIndex\n    progress {\n      total\n      ended\n      failed\n    }\n    project {\n      id\n      slug\n      name\n    }\n    budget {\n      spent\n    }\n  }\n"): (typeof documents)["\n  fragment RunLine on Run {\n    id\n    head\n    status\n    title\n    workflow\n    startedAt\n    endedAt\n    parentTaskIndex\n    progress {\n      total\n      ended\n      failed\n    }\n    project {\n      id\n      slug\n      name\n    }\n    budget {\n      spent\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunPage($filter: RunFilter!, $first: Int, $after: String, $last: Int, $before: String) {\n    runs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      nodes {\n        ...RunLine\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n        hasPreviousPage\n        startCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query RunPage($filter: RunFilter!, $first: Int, $after: String, $last: Int, $before: String) {\n    runs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {\n      nodes {\n        ...RunLine\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n        hasPreviousPage\n        startCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunsNow($open: Int!, $ended: Int!) {\n    open: runs(first: $open, filter: { topLevel: true, statuses: [PENDING, RUNNING, PAUSED, WAITING] }) {\n      totalCount\n      nodes {\n        ...RunLine\n      }\n    }\n    ended: runs(first: $ended, filter: { topLevel: true, statuses: [SUCCEEDED, FAILED, CANCELLED] }) {\n      nodes {\n        ...RunLine\n      }\n    }\n  }\n"): (typeof documents)["\n  query RunsNow($open: Int!, $ended: Int!) {\n    open: runs(first: $open, filter: { topLevel: true, statuses: [PENDING, RUNNING, PAUSED, WAITING] }) {\n      totalCount\n      nodes {\n        ...RunLine\n      }\n    }\n    ended: runs(first: $ended, filter: { topLevel: true, statuses: [SUCCEEDED, FAILED, CANCELLED] }) {\n      nodes {\n        ...RunLine\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription RunsChanged($projectId: ID) {\n    runsChanged(projectId: $projectId) {\n      reload\n      runs {\n        ...RunLine\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription RunsChanged($projectId: ID) {\n    runsChanged(projectId: $projectId) {\n      reload\n      runs {\n        ...RunLine\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunFrame($id: ID!) {\n    run(id: $id) {\n      id\n      head\n      project {\n        id\n        slug\n        name\n      }\n      parent {\n        id\n        title\n      }\n    }\n  }\n"): (typeof documents)["\n  query RunFrame($id: ID!) {\n    run(id: $id) {\n      id\n      head\n      project {\n        id\n        slug\n        name\n      }\n      parent {\n        id\n        title\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PauseRun($input: PauseRunInput!) {\n    pauseRun(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation PauseRun($input: PauseRunInput!) {\n    pauseRun(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResumeRun($input: ResumeRunInput!) {\n    resumeRun(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ResumeRun($input: ResumeRunInput!) {\n    resumeRun(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelRun($input: CancelRunInput!) {\n    cancelRun(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CancelRun($input: CancelRunInput!) {\n    cancelRun(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResetRun($input: ResetRunInput!) {\n    resetRun(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ResetRun($input: ResetRunInput!) {\n    resetRun(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RetryTask($input: RetryTaskInput!) {\n    retryTask(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RetryTask($input: RetryTaskInput!) {\n    retryTask(input: $input) {\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription RunEvents($runId: ID!, $after: Int!) {\n    runEvents(runId: $runId, after: $after) {\n      status\n      head\n      events {\n        type\n        runId\n        seq\n        at\n        actor {\n          kind\n          id\n          name\n        }\n        correlationId\n        causationSeq\n        data\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription RunEvents($runId: ID!, $after: Int!) {\n    runEvents(runId: $runId, after: $after) {\n      status\n      head\n      events {\n        type\n        runId\n        seq\n        at\n        actor {\n          kind\n          id\n          name\n        }\n        correlationId\n        causationSeq\n        data\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription TaskOutput($runId: ID!, $taskIndex: Int!) {\n    taskOutput(runId: $runId, taskIndex: $taskIndex) {\n      epoch\n      offset\n      text\n      end\n    }\n  }\n"): (typeof documents)["\n  subscription TaskOutput($runId: ID!, $taskIndex: Int!) {\n    taskOutput(runId: $runId, taskIndex: $taskIndex) {\n      epoch\n      offset\n      text\n      end\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ApprovalLine on Approval {\n    id\n    kind\n    status\n    title\n    body\n    fields\n    quorum\n    votes\n    answer\n    answeredBy\n    requestedAt\n    dueAt\n    taskIndex\n    task {\n      id\n      title\n    }\n    run {\n      id\n      title\n    }\n  }\n"): (typeof documents)["\n  fragment ApprovalLine on Approval {\n    id\n    kind\n    status\n    title\n    body\n    fields\n    quorum\n    votes\n    answer\n    answeredBy\n    requestedAt\n    dueAt\n    taskIndex\n    task {\n      id\n      title\n    }\n    run {\n      id\n      title\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OpenApprovals {\n    approvals(first: 100, filter: { statuses: [OPEN] }) {\n      nodes {\n        ...ApprovalLine\n      }\n    }\n  }\n"): (typeof documents)["\n  query OpenApprovals {\n    approvals(first: 100, filter: { statuses: [OPEN] }) {\n      nodes {\n        ...ApprovalLine\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ApprovalsChanged {\n    approvalsChanged {\n      reload\n      approvals {\n        ...ApprovalLine\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription ApprovalsChanged {\n    approvalsChanged {\n      reload\n      approvals {\n        ...ApprovalLine\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AnswerApproval($input: AnswerApprovalInput!) {\n    answerApproval(input: $input) {\n      ... on AnswerApprovalPayload {\n        approval {\n          ...ApprovalLine\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation AnswerApproval($input: AnswerApprovalInput!) {\n    answerApproval(input: $input) {\n      ... on AnswerApprovalPayload {\n        approval {\n          ...ApprovalLine\n        }\n      }\n      ... on UserError {\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription SpendingChanged($from: DateTime!, $projectId: ID) {\n    spendingChanged(from: $from, projectId: $projectId) {\n      spent\n      count\n    }\n  }\n"): (typeof documents)["\n  subscription SpendingChanged($from: DateTime!, $projectId: ID) {\n    spendingChanged(from: $from, projectId: $projectId) {\n      spent\n      count\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Spending($from: DateTime!, $to: DateTime, $projectId: ID, $after: String) {\n    spending(from: $from, to: $to, projectId: $projectId) {\n      spent\n      count\n      calls(first: 100, after: $after) {\n        nodes {\n          key\n          model\n          charged\n          isCertain\n          settledAt\n          task {\n            id\n            index\n            title\n          }\n          run {\n            id\n            title\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Spending($from: DateTime!, $to: DateTime, $projectId: ID, $after: String) {\n    spending(from: $from, to: $to, projectId: $projectId) {\n      spent\n      count\n      calls(first: 100, after: $after) {\n        nodes {\n          key\n          model\n          charged\n          isCertain\n          settledAt\n          task {\n            id\n            index\n            title\n          }\n          run {\n            id\n            title\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;