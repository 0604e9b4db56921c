import {
  AdminCreateUserCommand,
  type AdminCreateUserCommandInput,
  type CognitoIdentityProviderClient,
  UnsupportedUserStateException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider'
import type { Accounts } from '../core/ports.ts'

/** Accounts in the stack's user pool. Cognito itself mails the invitation, with a first password. */
export function createCognitoAccounts(
  client: Pick<CognitoIdentityProviderClient, 'send'>,
  userPool: string,
): Accounts {
  /** False when there is an account that this does not apply to. */
  async function mail(input: Omit<AdminCreateUserCommandInput, 'UserPoolId'>): Promise<boolean> {
    try {
      await client.send(new AdminCreateUserCommand({ UserPoolId: userPool, ...input }))
      return true
    } catch (error) {
      if (error instanceof UsernameExistsException || error instanceof UnsupportedUserStateException)
        return false
      throw error
    }
  }

  return {
    async invite(email) {
      const to: Partial<AdminCreateUserCommandInput> = {
        DesiredDeliveryMediums: ['EMAIL'],
        UserAttributes: [
          { Name: 'email', Value: email },
          { Name: 'email_verified', Value: 'true' },
        ],
      }
      if (await mail({ Username: email, ...to })) return 'sent'
      // The first password is good for days: whoever has not used it yet gets another, whoever has is refused this.
      return (await mail({ Username: email, ...to, MessageAction: 'RESEND' })) ? 'sent' : 'known'
    },
  }
}
