import { Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { didYouMean } from './suggestions';
import { text, type ValueType } from './value-types';

/** A name as AWS forms them, so that a Region newer than aws-cdk-lib is accepted. */
const REGION = /^[a-z]{2,4}(-(gov|iso[a-z]?))?-(north|south|east|west|central|northeast|northwest|southeast|southwest)-[0-9]{1,2}$/;

/** The name of a Region, or a token. */
export const region: ValueType = (name, value) => {
  const problems = text(name, value);
  if (problems.length > 0 || typeof value !== 'string' || Token.isUnresolved(value) || REGION.test(value)) return problems;
  const known = RegionInfo.regions.map((each) => each.name);
  return [`'${name}' must be the name of a Region, such as 'us-west-2', got '${value}'${didYouMean(value.replace(/_/g, '-').replace(/(\d)[a-z]$/, '$1'), known)}`];
};
