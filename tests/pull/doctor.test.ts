import { describe, expect, it } from 'vitest';
import { doctor, type Finding } from '../../functions/pull/doctor.ts';
import * as faults from '../sources/faults.ts';
import { startSources } from '../sources/servers.ts';

const broken = (findings: readonly Finding[]) =>
  findings.filter(({ holds }) => !holds).map(({ source, assumption }) => `${source}: ${assumption}`);

describe('the doctor', () => {
  it('finds every assumption to hold where the sources are as documented, with few requests', async () => {
    await using servers = await startSources();
    const findings = await doctor({
      environment: { ...servers.environment, OPENROUTER_API_KEY: 'synthetic-key' },
    });
    expect(broken(findings)).toEqual([]);
    expect(new Set(findings.map(({ source }) => source)).size).toBe(4);
    expect(servers.requests.length).toBeLessThanOrEqual(9);
    expect(servers.requests).toContain(
      '/hub/api/models?sort=createdAt&direction=-1&limit=3&expand%5B%5D=downloads&expand%5B%5D=createdAt&expand%5B%5D=pipeline_tag&expand%5B%5D=tags',
    );
  });

  it('names the one assumption that no longer holds', async () => {
    await using servers = await startSources({ knowsChildren: false });
    expect(broken(await doctor({ environment: servers.environment }))).toEqual([
      'huggingface: The model listing with childrenModelCount answers',
    ]);
  });

  it('says where the Hub cannot be asked for its newest', async () => {
    await using servers = await startSources({ sortsByCreation: false });
    expect(broken(await doctor({ environment: servers.environment }))).toEqual([
      'huggingface: The listing of the newest answers',
    ]);
  });

  it.each([
    [
      'in another order',
      [
        { id: 'one/A', downloads: 1, createdAt: '2026-10-01T00:00:00.000Z' },
        { id: 'one/B', downloads: 1, createdAt: '2026-10-02T00:00:00.000Z' },
      ],
      ['huggingface: the newest come first'],
    ],
    [
      'without their creation',
      [
        { id: 'one/A', downloads: 1 },
        { id: 'one/B', downloads: 1 },
      ],
      ['huggingface: the newest come first'],
    ],
  ])('says where the newest come %s', async (_how, answer, expected) => {
    const fault = { match: /sort=createdAt/, answer: faults.body(JSON.stringify(answer)) };
    await using servers = await startSources({ faults: [fault] });
    expect(broken(await doctor({ environment: servers.environment }))).toEqual(expected);
  });

  it.each([
    [
      /eci_scores/,
      faults.body('Name,Points\r\nx,1\r\n', 'text/csv'),
      ['epoch: The index reads as documented', 'epoch: its header names the country of the organisation'],
    ],
    [
      /latest\.manifest/,
      faults.body('{"snapshot_date":"2026-11-06","retrieved_at":"2026-11-06T01:46:00Z","bytes":1}'),
      ['openrouter-usage: it states sha256'],
    ],
    [/v1\/models/, faults.body('<html>', 'text/html'), ['openrouter-models: The catalogue answers']],
    [
      /api\/models\?author/,
      faults.redirect('https://example.org/'),
      [
        'huggingface: The model listing answers',
        'huggingface: The model listing with baseModels answers',
        'huggingface: The model listing with childrenModelCount answers',
      ],
    ],
  ])('with a fault at %s says what was found and what to do', async (match, answer, expected) => {
    await using servers = await startSources({ faults: [{ match, answer }] });
    const findings = await doctor({ environment: servers.environment });
    expect(broken(findings)).toEqual(expected);
    for (const { whatToDo, found } of findings) {
      expect(found).not.toBe('');
      expect(whatToDo).not.toBe('');
    }
  });

  it('refuses a malformed base URL by the name of its variable', async () => {
    await expect(doctor({ environment: { EPOCH_BASE_URL: 'epoch' } })).rejects.toMatchObject({
      name: 'BadRequest',
      message: expect.stringMatching(/^EPOCH_BASE_URL/),
    });
  });
});
