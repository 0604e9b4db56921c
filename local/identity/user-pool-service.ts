import type { IncomingMessage, ServerResponse } from 'node:http'
import * as v from 'valibot'
import { callerAccessKeyId } from '../iam/caller.ts'
import { cognitoRequests } from '../iam/cognito-requests.ts'
import { decide } from '../iam/decide.ts'
import { type Refusal, refusal } from '../iam/refusal.ts'
import { parseJsonObject, readRequestBody } from '../request-body.ts'
import type { FunctionDescription } from '../template/cloud-description.ts'
import type { Account, Invited } from './accounts.ts'
import type { Identity } from './identity.ts'
import type { OnMail } from './mail.ts'

const MAX_BODY_BYTES = 64 * 1024

export interface UserPoolServiceOptions {
  readonly identity: Identity
  callerOf(accessKeyId: string): FunctionDescription | undefined
  readonly onRefused: (refusal: Refusal) => void
  readonly onMail: OnMail
}

interface Answer {
  readonly status: number
  readonly errorType?: string
  readonly body: Readonly<Record<string, unknown>>
}

/** As far as it can be run here: what else a request asks for is refused. */
const AdminCreateUser = v.strictObject({
  UserPoolId: v.string(),
  Username: v.pipe(
    v.string(),
    v.maxLength(128),
    v.regex(/^[^\s@]+@[^\s@]+$/, 'Username should be an email.'),
  ),
  UserAttributes: v.optional(
    v.array(v.strictObject({ Name: v.picklist(['email', 'email_verified']), Value: v.string() })),
    [],
  ),
  // Cognito's own default is a text message, which this pool cannot send.
  DesiredDeliveryMediums: v.tuple([v.literal('EMAIL')]),
  MessageAction: v.optional(v.picklist(['RESEND', 'SUPPRESS'])),
})
type AdminCreateUser = v.InferOutput<typeof AdminCreateUser>

/** Cognito's HTTP protocol, for the functions and as far as their policies allow. */
export function createUserPoolService({ identity, callerOf, onRefused, onMail }: UserPoolServiceOptions) {
  const { pool, accounts } = identity

  function answer(request: IncomingMessage, body: Buffer | 'too-large'): Answer {
    const accessKeyId = callerAccessKeyId(request.headers.authorization)
    if (accessKeyId === undefined) {
      return failure('MissingAuthenticationTokenException', 'Missing Authentication Token')
    }
    const caller = callerOf(accessKeyId)
    if (!caller) {
      return failure('UnrecognizedClientException', 'The security token included in the request is invalid.')
    }
    const parameters = body === 'too-large' ? undefined : parseJsonObject(body.toString())
    if (!parameters) return failure('SerializationException', 'The request is not a JSON object')
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? ''
    const poolArn = (id: string) => pool.arn.replace(pool.id, () => id)
    const decision = decide(caller.statements, cognitoRequests(operation, parameters, poolArn))
    if (decision.kind === 'refused') {
      const refused = refusal(caller, decision)
      onRefused(refused)
      return failure('AccessDeniedException', refused.message)
    }
    if (parameters['UserPoolId'] !== pool.id) {
      return failure('ResourceNotFoundException', `User pool ${parameters['UserPoolId']} does not exist.`)
    }
    if (operation !== 'AdminCreateUser') {
      return failure('UnknownOperationException', `${operation} does not exist locally`)
    }
    const parsed = v.safeParse(AdminCreateUser, parameters)
    return parsed.success
      ? createUser(parsed.output)
      : failure('InvalidParameterException', `${v.getDotPath(parsed.issues[0])}: ${parsed.issues[0].message}`)
  }

  function createUser(asked: AdminCreateUser): Answer {
    const attributes = new Map(asked.UserAttributes.map(({ Name, Value }) => [Name, Value]))
    const email = attributes.get('email') ?? asked.Username
    if (email.toLowerCase() !== asked.Username.toLowerCase()) {
      return failure('InvalidParameterException', 'The email attribute must be the username.')
    }
    const emailVerified = attributes.get('email_verified') === 'true'
    const invited =
      asked.MessageAction === 'RESEND'
        ? accounts.inviteAgain(email)
        : accounts.invite({ email, emailVerified })
    if (invited.kind !== 'given') return notInvited(invited.kind)
    if (asked.MessageAction !== 'SUPPRESS') onMail(identity.mailOf(email, invited.code))
    return { status: 200, body: { User: userOf(invited.account) } }
  }

  return {
    handle(request: IncomingMessage, response: ServerResponse) {
      readRequestBody(request, MAX_BODY_BYTES)
        .then((body) => write(response, answer(request, body)))
        .catch(() => response.destroy())
    },
  }
}

function notInvited(kind: Exclude<Invited['kind'], 'given'>): Answer {
  switch (kind) {
    case 'known':
      return failure('UsernameExistsException', 'An account with the given email already exists.')
    case 'unknown':
      return failure('UserNotFoundException', 'User does not exist.')
    case 'confirmed':
      return failure('UnsupportedUserStateException', 'Resend not possible. User is not in a pending state.')
  }
}

function userOf({ sub, email, emailVerified, createdAt }: Account) {
  const seconds = createdAt / 1000
  return {
    Username: sub,
    Attributes: [
      { Name: 'email', Value: email },
      { Name: 'email_verified', Value: String(emailVerified) },
      { Name: 'sub', Value: sub },
    ],
    UserCreateDate: seconds,
    UserLastModifiedDate: seconds,
    Enabled: true,
    UserStatus: 'FORCE_CHANGE_PASSWORD',
  }
}

function write(response: ServerResponse, { status, errorType, body }: Answer) {
  response.writeHead(status, {
    'Content-Type': 'application/x-amz-json-1.1',
    ...(errorType === undefined ? {} : { 'x-amzn-ErrorType': errorType }),
  })
  response.end(JSON.stringify(body))
}

function failure(errorType: string, message: string): Answer {
  return { status: 400, errorType, body: { __type: errorType, message } }
}
