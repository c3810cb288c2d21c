import type * as kms from 'aws-cdk-lib/aws-kms';

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

/** Returns the problem of an alias whose key is not known. */
export function keyProblems(name: string, key: kms.IKey | undefined): string[] {
  if (key === undefined || keyBehind(key) !== undefined) return [];
  return [`${name} must be a key, got the alias '${(key as kms.IAlias).aliasName}' whose key is not known; `
    + 'write kms.Key.fromKeyArn(), kms.Key.fromLookup(), or kms.Alias.fromAliasAttributes() with aliasTargetKey'];
}
