import {
  AccountRecovery,
  CfnManagedLoginBranding,
  CfnUserPoolUser,
  ClientAttributes,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  PasskeyUserVerification,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolDomain,
} from 'aws-cdk-lib/aws-cognito'
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib/core'
import { Construct } from 'constructs'
import { invitation, VERIFICATION } from './mails.ts'
import type { ManagedLoginAddress } from './managed-login-address.ts'
import type { SignIn } from './sign-in.ts'
import type { Site } from './site.ts'

/** Nothing that the app does not read: a token with an unverified address is of no use to it. */
const SCOPES = [OAuthScope.OPENID, OAuthScope.EMAIL]

/** Named in the invitation. */
const INVITATION_VALID = Duration.days(7)

/** An ID token outlives a global sign-out by up to this. */
const TOKENS_VALID = Duration.hours(1)
const SIGNED_IN_FOR = Duration.days(90)
/** Two tabs that renew at once may both show the token that one of them has just used up; the most that Cognito allows. */
const RENEWAL_GRACE = Duration.seconds(60)

export interface PeopleProps {
  readonly login: ManagedLoginAddress
  readonly site: Site
  readonly ownerEmail: string
}

/** Who may sign in: a pool that only an invitation leads into, with Cognito's own pages to sign in on. */
export class People extends Construct {
  readonly signIn: SignIn
  readonly #pool: UserPool

  constructor(scope: Construct, id: string, props: PeopleProps) {
    super(scope, id)
    const { login, site } = props
    this.#pool = this.#createPool(login, site.origin)
    const client = this.#createClient(site.origin)
    const domain = new UserPoolDomain(this, 'Domain', {
      userPool: this.#pool,
      cognitoDomain: { domainPrefix: login.domainPrefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    })
    // Without a style the newer pages show only "Login pages unavailable".
    const branding = new CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: this.#pool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    })
    // Who opens the invitation at once finds all of it there.
    this.#createOwner(props.ownerEmail).node.addDependency(site, domain, branding)
    const issuer = this.#pool.userPoolProviderUrl
    this.signIn = {
      issuer,
      clientId: client.userPoolClientId,
      scope: SCOPES.map(({ scopeName }) => scopeName).join(' '),
      keySetUrl: `${issuer}/.well-known/jwks.json`,
      userPool: { id: this.#pool.userPoolId, arn: this.#pool.userPoolArn },
    }
  }

  /** Cognito mails an invitation. Kept when the stack goes, and when it comes to name another address. */
  #createOwner(email: string): CfnUserPoolUser {
    const owner = new CfnUserPoolUser(this, 'Owner', {
      userPoolId: this.#pool.userPoolId,
      username: email,
      userAttributes: [
        { name: 'email', value: email },
        // Nobody gets in without the password that was mailed to it.
        { name: 'email_verified', value: 'true' },
      ],
      desiredDeliveryMediums: ['EMAIL'],
    })
    owner.applyRemovalPolicy(RemovalPolicy.RETAIN)
    return owner
  }

  #createPool(login: ManagedLoginAddress, siteOrigin: string): UserPool {
    const pool = new UserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      // A new address counts from when it is verified; until then the old one does.
      keepOriginal: { email: true },
      featurePlan: FeaturePlan.ESSENTIALS,
      signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } },
      passkeyRelyingPartyId: login.domainName,
      passkeyUserVerification: PasskeyUserVerification.REQUIRED,
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { sms: false, otp: true },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: INVITATION_VALID,
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      userInvitation: invitation(siteOrigin),
      userVerification: VERIFICATION,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    Validations.of(pool).acknowledge(
      {
        id: 'AwsSolutions-COG2',
        reason: 'A passkey needs no second factor, and Cognito takes none from who must have one.',
      },
      {
        id: 'AwsSolutions-COG8',
        reason: 'The plus tier costs per person; the essentials tier is free for 10,000 of them.',
      },
    )
    return pool
  }

  #createClient(siteOrigin: string): UserPoolClient {
    const addresses = [`${siteOrigin}/`]
    return new UserPoolClient(this, 'Client', {
      userPool: this.#pool,
      generateSecret: false,
      authFlows: { user: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: SCOPES,
        callbackUrls: addresses,
        logoutUrls: addresses,
      },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      idTokenValidity: TOKENS_VALID,
      accessTokenValidity: TOKENS_VALID,
      refreshTokenValidity: SIGNED_IN_FOR,
      refreshTokenRotationGracePeriod: RENEWAL_GRACE,
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
      readAttributes: new ClientAttributes().withStandardAttributes({ email: true, emailVerified: true }),
      writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
    })
  }
}
