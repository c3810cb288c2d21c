import * as fs from 'node:fs';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { zipFolder } from './zip-folder';
import { type Asset, type SynthesizedStack } from '../app/synthesize';
import { type Progress } from '../cli/steps';
import { type Clients } from '../emulator/clients';

/** Uploads the assets of the stacks. Uploads a shared asset once. */
export async function uploadAssets(clients: Clients, stacks: readonly SynthesizedStack[], progress: Progress): Promise<void> {
  const assets = new Map<string, Asset>(stacks.flatMap((stack) => stack.assets).map((asset) => [`${asset.bucket}/${asset.key}`, asset]));
  let uploaded = 0;
  for (const asset of assets.values()) {
    const body = asset.zip ? zipFolder(asset.path) : fs.readFileSync(asset.path);
    await clients.s3.send(new PutObjectCommand({ Bucket: asset.bucket, Key: asset.key, Body: body }));
    uploaded += 1;
    progress(`${uploaded} of ${assets.size}`);
  }
}
