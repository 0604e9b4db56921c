import type { Table } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core'
import { Construct } from 'constructs'
import type { IceServer } from '../protocol/ice.ts'
import { builtFolder } from './built-folder.ts'
import type { SignIn } from './sign-in.ts'
import type { SocketApi } from './socket-api.ts'
import { acknowledgeWildcards } from './wildcard-findings.ts'

/** Every action of the code on the table; the table has no index. */
const TABLE_ACTIONS: readonly string[] = [
  'dynamodb:BatchGetItem',
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
]

/** What the code does to connections: send a frame, and close one whose right is gone. */
const CONNECTION_METHODS = ['POST', 'DELETE'] as const

export interface SignallingFunctionProps {
  readonly codeFolder: string
  readonly table: Table
  readonly socketApi: SocketApi
  /** Origin of the web app; a browser from elsewhere is refused. */
  readonly webOrigin: string
  readonly ownerEmail: string
  readonly signIn: SignIn
  readonly iceServers: readonly IceServer[]
}

/** One function behind the authorizer and every route: a home's rare view starts cold once, not three times. */
export class SignallingFunction extends Construct {
  readonly handler: LambdaFunction

  constructor(scope: Construct, id: string, props: SignallingFunctionProps) {
    super(scope, id)
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    // AWS's basic execution policy may write to every log group of the account; this role has its own alone.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    this.handler = new LambdaFunction(this, 'Handler', {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: Duration.seconds(10),
      code: Code.fromAsset(builtFolder(props.codeFolder, 'index.mjs')),
      handler: 'index.handler',
      role,
      logGroup,
      environment: {
        TABLE_NAME: props.table.tableName,
        CONNECTIONS_URL: props.socketApi.connectionsUrl,
        WEB_ORIGIN: props.webOrigin,
        SOCKET_URL: props.socketApi.socketUrl,
        OIDC_ISSUER: props.signIn.issuer,
        OIDC_CLIENT_ID: props.signIn.clientId,
        OIDC_JWKS_URL: props.signIn.keySetUrl,
        OWNER_EMAIL: props.ownerEmail,
        USER_POOL_ID: props.signIn.userPool?.id ?? '',
        ICE_SERVERS: JSON.stringify(props.iceServers),
        LOG_LEVEL: 'info',
      },
    })
    const connections = CONNECTION_METHODS.map((method) => props.socketApi.connectionsArn(method))
    for (const statement of [
      new PolicyStatement({ actions: [...TABLE_ACTIONS], resources: [props.table.tableArn] }),
      new PolicyStatement({ actions: ['execute-api:ManageConnections'], resources: connections }),
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
      ...invitationStatements(props.signIn),
    ]) {
      role.addToPolicy(statement)
    }
    acknowledgeWildcards(
      role,
      connections,
      'A connection gets its id when it opens: the wildcard stands for that id alone.',
    )
  }
}

/** An owner who shares a camera with somebody new has Cognito make the account and mail the invitation. */
function invitationStatements({ userPool }: SignIn): readonly PolicyStatement[] {
  if (userPool === null) return []
  return [new PolicyStatement({ actions: ['cognito-idp:AdminCreateUser'], resources: [userPool.arn] })]
}
