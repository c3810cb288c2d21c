import { type Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { allow } from './functions';

const IMAGE_MODELS = ['stability.stable-image-core-v1:1', 'stability.stable-image-ultra-v1:1'];
const EDIT_MODELS = [
  'stability.stable-image-inpaint-v1:0', 'stability.stable-outpaint-v1:0', 'stability.stable-image-erase-object-v1:0',
  'stability.stable-image-search-replace-v1:0', 'stability.stable-image-search-recolor-v1:0', 'stability.stable-image-remove-background-v1:0',
  'stability.stable-creative-upscale-v1:0', 'stability.stable-conservative-upscale-v1:0', 'stability.stable-fast-upscale-v1:0',
  'stability.stable-image-control-sketch-v1:0', 'stability.stable-image-control-structure-v1:0', 'stability.stable-image-style-guide-v1:0',
  'stability.stable-style-transfer-v1:0',
];
const TEXT_MODEL = 'amazon.nova-2-lite-v1:0';
const US_REGIONS = ['us-east-1', 'us-east-2', 'us-west-2'];

export function modelStatements({ account, partition, region }: Stack): iam.PolicyStatement[] {
  const model = (id: string, of = region) => `arn:${partition}:bedrock:${of}::foundation-model/${id}`;
  const profile = (id: string) => `arn:${partition}:bedrock:${region}:${account}:inference-profile/us.${id}`;
  const throughProfiles = (profiles: string | string[], ids: string[]) => {
    const statement = allow(['bedrock:InvokeModel'], ...ids.flatMap((id) => US_REGIONS.map((of) => model(id, of))));
    statement.addCondition('StringLike', { 'bedrock:InferenceProfileArn': profiles });
    return statement;
  };
  return [
    allow(['bedrock:InvokeModel'], ...IMAGE_MODELS.map((id) => model(id)), ...[...EDIT_MODELS, TEXT_MODEL].map(profile)),
    throughProfiles(EDIT_MODELS.map(profile), EDIT_MODELS),
    throughProfiles(profile(TEXT_MODEL), [TEXT_MODEL]),
  ];
}
