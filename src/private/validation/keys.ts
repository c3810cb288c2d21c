import { Token } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { areKnownToDiffer, arnPartitionProblems } from './environments';

/**
 * Returns the key itself for an alias, because IAM policies and log groups identify a key by its own ARN. Undefined for an alias whose
 * key is not known.
 */
export function keyBehind(key: kms.IKey): kms.IKey | undefined {
  if (!isAlias(key)) return key;
  try {
    return keyBehind(key.aliasTargetKey);
  } catch {
    // Alias.fromAliasName() knows no key
    return undefined;
  }
}

function isAlias(key: kms.IKey): key is kms.IAlias {
  return 'aliasName' in key;
}

/** Returns the problem of an alias whose key is not known, and of a key in another Region. */
export function keyProblems(name: string, key: kms.IKey | undefined, stackRegion: string): string[] {
  if (key === undefined) return [];
  const behind = keyBehind(key);
  if (behind && areKnownToDiffer(behind.env.region, stackRegion)) {
    return [`${name} must be a key in the Region of the stack, ${stackRegion}, got one in ${behind.env.region}; use a key, or the replica of a multi-Region key, of that Region`];
  }
  const ofPartition = behind ? arnPartitionProblems(name, behind.keyArn, stackRegion) : [];
  if (ofPartition.length > 0) return ofPartition;
  const { keySpec } = (behind?.node.defaultChild ?? {}) as Partial<kms.CfnKey>;
  if (keySpec !== undefined && !Token.isUnresolved(keySpec) && keySpec !== 'SYMMETRIC_DEFAULT') {
    return [`${name} must be a symmetric encryption key, as AWS services require, got one with the key spec ${keySpec}; remove 'keySpec' and 'keyUsage' of the key`];
  }
  if (behind) return [];
  return [`${name} must be a key, got the alias '${(key as kms.IAlias).aliasName}' whose key is not known; `
    + 'write kms.Key.fromKeyArn(), kms.Key.fromLookup(), or kms.Alias.fromAliasAttributes() with aliasTargetKey'];
}
