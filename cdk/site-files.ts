import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment'
import { Aws, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core'
import { Construct } from 'constructs'
import { builtFolder } from './built-folder.ts'
import { acknowledgeWildcards } from './wildcard-findings.ts'

/** The page's `/config.json`. */
export interface SiteConfig {
  readonly socket: string
  readonly signIn: { readonly issuer: string; readonly clientId: string; readonly scope: string }
}

export interface SiteFilesProps {
  readonly bucket: IBucket
  readonly folder: string
  readonly config: SiteConfig
}

/** Vite puts its hash into the names of these, so their content never changes. */
const ASSETS = 'assets/*'

/** What the CDK gives its deployment function. */
const BASIC_EXECUTION = 'service-role/AWSLambdaBasicExecutionRole'
const WILDCARD_ACTIONS = ['s3:Abort*', 's3:DeleteObject*', 's3:GetBucket*', 's3:GetObject*', 's3:List*']

export class SiteFiles extends Construct {
  constructor(scope: Construct, id: string, props: SiteFilesProps) {
    super(scope, id)
    const files = Source.asset(builtFolder(props.folder, 'index.html'))
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    // Never pruned: a page that was opened before a deploy still loads its own assets after it.
    const common = { destinationBucket: props.bucket, prune: false, memoryLimit: 256, logGroup }
    const assets = new BucketDeployment(this, 'Assets', {
      ...common,
      sources: [files],
      exclude: ['*'],
      include: [ASSETS],
      cacheControl: [
        CacheControl.setPublic(),
        CacheControl.maxAge(Duration.days(365)),
        CacheControl.immutable(),
      ],
    })
    const documents = new BucketDeployment(this, 'Documents', {
      ...common,
      sources: [files, Source.jsonData('config.json', props.config)],
      exclude: [ASSETS],
      cacheControl: [CacheControl.noCache()],
    })
    // The page that names new assets comes after them.
    documents.node.addDependency(assets)
    this.#acknowledgeHandler(assets, props.bucket)
  }

  /** The library's own function copies the files; its code, runtime and policy are not ours to choose. */
  #acknowledgeHandler(deployment: BucketDeployment, bucket: IBucket): void {
    const handler = deployment.handlerRole.node.scope
    if (!handler) throw new Error('the deployment has no handler')
    const reason = "The CDK's own deployment function runs at deploy time only, on these two buckets alone."
    Validations.of(handler).acknowledge(
      {
        id: 'AwsSolutions-L1',
        reason: "The CDK's own deployment function is tested on the runtime it names.",
      },
      { id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${BASIC_EXECUTION}]`, reason },
      ...WILDCARD_ACTIONS.map((action) => ({ id: `AwsSolutions-IAM5[Action::${action}]`, reason })),
    )
    const { bootstrapQualifier } = Stack.of(this).synthesizer
    const builtAssets = `cdk-${bootstrapQualifier}-assets-${Aws.ACCOUNT_ID}-${Aws.REGION}`
    acknowledgeWildcards(
      handler,
      [bucket.arnForObjects('*'), `arn:${Aws.PARTITION}:s3:::${builtAssets}/*`],
      reason,
    )
  }
}
