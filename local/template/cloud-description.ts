/**
 * What a synthesized template asks for, with every reference resolved: the only thing that the local services
 * know of the template. What the template leaves out is not in here, and so is missing locally.
 */
export interface CloudDescription {
  readonly tables: readonly TableDescription[]
  readonly functions: readonly FunctionDescription[]
  readonly socketApis: readonly SocketApiDescription[]
  readonly sites: readonly SiteDescription[]
  readonly userPools: readonly UserPoolDescription[]
}

export interface TableDescription {
  readonly name: string
  readonly arn: string
  /** As DynamoDB's CreateTable takes it. */
  readonly createTable: Readonly<Record<string, unknown>>
  /** The attribute (epoch seconds) by which DynamoDB deletes items some time after; absent without TTL. */
  readonly expiryAttribute?: string
}

export interface FunctionDescription {
  readonly name: string
  readonly arn: string
  /** Folder of the bundled code asset. */
  readonly codeFolder: string
  /** `file.export`, as Lambda names it. */
  readonly handler: string
  readonly memoryMb: number
  readonly timeoutMs: number
  readonly environment: Readonly<Record<string, string>>
  /** Every statement of every policy of the function's role. */
  readonly statements: readonly PolicyStatement[]
  /** Who may invoke it (the resource policy: AWS::Lambda::Permission). */
  readonly invokers: readonly InvokePermission[]
}

export interface InvokePermission {
  readonly principal: string
  readonly sourceArn?: string
}

export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny'
  readonly actions: readonly string[]
  readonly resources: readonly string[]
}

export interface SocketApiDescription {
  readonly id: string
  readonly stage: string
  /** `arn:aws:execute-api:<region>:<account>:<api id>`, without the stage. */
  readonly arn: string
  /** Host that the events name as their domain, and whose addresses are led here. */
  readonly domainName: string
  readonly routeSelectionExpression: string
  readonly routes: readonly SocketRoute[]
  readonly throttle?: { readonly ratePerSecond: number; readonly burst: number }
  /** The stage's access log line, with `$context.…` references; absent when the stage writes none. */
  readonly accessLogFormat?: string
}

export interface SocketRoute {
  readonly key: string
  readonly functionArn: string
  readonly authorizer?: {
    readonly functionArn: string
    /** `route.request.header.NAME` or `route.request.querystring.NAME`. */
    readonly identitySources: readonly string[]
  }
}

export interface SiteDescription {
  readonly domainName: string
  /** Where this machine serves it (`LocalAddresses.site`): the one origin that the socket accepts pages of. */
  readonly origin: string
  readonly defaultRootObject: string
  /** Later deployments overwrite earlier ones' files, as in the bucket. */
  readonly deployments: readonly SiteDeployment[]
  /** Response headers that the distribution adds to every answer. */
  readonly headers: Readonly<Record<string, string>>
  /** Distribution error answers: origin status → what is answered instead. */
  readonly errorPages: readonly { readonly status: number; readonly answer: number; readonly path: string }[]
}

export interface SiteDeployment {
  /** Folder whose files are deployed. */
  readonly folder: string
  /** Deploy-time values: marker text inside the files → its resolved value. */
  readonly markers: Readonly<Record<string, string>>
  readonly cacheControl?: string
  readonly include: readonly string[]
  readonly exclude: readonly string[]
}

/** People who may sign in. Nobody makes an account here by themselves. */
export interface UserPoolDescription {
  readonly id: string
  readonly arn: string
  /**
   * `iss` of its tokens, as at AWS: a name that stays what it is when this machine comes to be called otherwise, and
   * so does everybody whom it has vouched for.
   */
  readonly issuer: string
  /** Where pages find the issuer on this machine. Its key set: `LocalAddresses.keySet`. */
  readonly address: string
  readonly clients: readonly UserPoolClientDescription[]
  /** Who has an account from the start. */
  readonly users: readonly UserDescription[]
  readonly invitation: InvitationDescription
}

/** A public client: no secret, code grant with PKCE. */
export interface UserPoolClientDescription {
  readonly id: string
  /** Where the code is sent, compared as text. */
  readonly callbackUrls: readonly string[]
  /** Where a browser goes on to after signing out, compared as text. */
  readonly logoutUrls: readonly string[]
  readonly scopes: readonly string[]
  /** What its ID tokens may say of a person, each as far as a scope asks for it. */
  readonly claims: readonly string[]
  readonly idTokenSeconds: number
  readonly accessTokenSeconds: number
  /** Counted from the sign-in: a refresh token that replaces another ends when that one would have. */
  readonly refreshTokenSeconds: number
  /** How long a refresh token that was used is good for a repetition; absent when it is never replaced. */
  readonly refreshTokenGraceSeconds?: number
}

/** Mails are neither sent nor needed here: an address of the template counts as verified. */
export interface UserDescription {
  readonly email: string
}

export interface InvitationDescription {
  readonly subject: string
  /** HTML, with `{username}` and `{####}` where Cognito puts the address and the one-time password. */
  readonly message: string
  /** How long an account that was not yet used can be entered by its invitation. */
  readonly validSeconds: number
}

/** Where the addresses that the template would get from AWS are led on this machine. */
export interface LocalAddresses {
  /** Replaces `https://<site domain>`, e.g. `http://localhost:8080`. */
  readonly site: string
  /** Replaces `wss://<api>.execute-api…`, e.g. `ws://localhost:8080`. */
  readonly socket: string
  /** Replaces `https://<api>.execute-api…` (the @connections endpoint), e.g. `http://127.0.0.1:40001`. */
  readonly connections: string
  /**
   * Where functions ask for key sets, e.g. `http://127.0.0.1:40001`: that of a pool is at
   * `<keySet>/<pool id>/.well-known/jwks.json`. Not the site's address: no function need trust its certificate.
   */
  readonly keySet: string
}
