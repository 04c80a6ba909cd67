/** Manifests that findings print: they can be pasted, hold what the container was given, and no rule has anything to say of them. */
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { rules } from '../../rules/index.ts';
import { maskTemplate } from '../../src/deployment/yaml/mask-template.ts';
import { review } from '../../src/review/review.ts';
import { changeOf } from '../pages.ts';

async function correctionOf(rule: string, path: string, text: string): Promise<string> {
  const { findings } = await review(changeOf([{ path, text, state: 'after' }]), rules);
  const advice = findings.find((finding) => finding.rule === rule)?.advice ?? '';
  return /```yaml\n([^]*?)\n```/.exec(advice)?.[1] ?? '';
}

async function findingsOf(path: string, text: string): Promise<string[]> {
  const { findings, opaque } = await review(changeOf([{ path, text, state: 'after' }]), rules);
  return [...findings.map(({ rule, message }) => `${rule}: ${message}`), ...opaque.map(({ reason }) => reason)];
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
spec:
  replicas: 3
  template:
    spec:
      serviceAccountName: api
      imagePullSecrets:
        - name: registry
      initContainers:
        - name: wait
          image: busybox:1.37
          command: [sh, -c, "until nc -z db 5432; do sleep 1; done"]
      containers:
        - name: api
          image: registry.example.com/api:7
          command: [sh, -c, alembic upgrade head && exec uvicorn api:app]
          workingDir: /app # where alembic.ini stands
          envFrom:
            - secretRef: { name: api }
          env:
            - name: DB_PASSWORD
              value: swordfish
            - name: DATABASE_URL
              value: postgresql://api:swordfish2@db/shop

            - name: MODE
              valueFrom:
                configMapKeyRef:
                  name: api
                  key: mode
          volumeMounts:
            - name: config
              mountPath: /etc/api
            - mountPath: /data
              name: claimed
          resources: { limits: { memory: 512Mi } }
          livenessProbe: { httpGet: { path: /, port: 80 } }
      volumes:
        - name: config
          configMap: { name: api }
        - name: cache
          emptyDir: {}
`;

test('a Job is given what the container has, and nothing that it does not mount', async () => {
  const printed = await correctionOf('migration-at-start', 'k8s/api.yaml', deployment);
  const job: unknown = parse(printed);
  expect(job).toMatchObject({
    kind: 'Job',
    metadata: { name: 'api-migrate', namespace: 'shop' },
    spec: {
      template: {
        spec: {
          serviceAccountName: 'api',
          imagePullSecrets: [{ name: 'registry' }],
          initContainers: [{ name: 'wait', command: ['sh', '-c', 'until nc -z db 5432; do sleep 1; done'] }],
          volumes: [{ name: 'config', configMap: { name: 'api' } }],
          containers: [
            {
              image: 'registry.example.com/api:7',
              command: ['sh', '-c', 'alembic upgrade head'],
              workingDir: '/app',
              envFrom: [{ secretRef: { name: 'api' } }],
              env: [{ name: 'DB_PASSWORD' }, { name: 'DATABASE_URL' }, { name: 'MODE', valueFrom: {} }],
              volumeMounts: [{ name: 'config', mountPath: '/etc/api' }],
              resources: { limits: { memory: '512Mi' } },
            },
          ],
        },
      },
    },
  });
  expect(printed).not.toContain('swordfish');
  expect(printed).not.toContain('livenessProbe');
  expect(await findingsOf('k8s/migrate.yaml', printed)).toEqual([]);
});

const template = `apiVersion: apps/v1
kind: Deployment
metadata:
    name: {{ include "shop.fullname" . }}
spec:
    replicas: 2
    template:
        spec:
            {{- with .Values.imagePullSecrets }}
            imagePullSecrets:
                {{- toYaml . | nindent 16 }}
            {{- end }}
            containers:
            - name: {{ .Chart.Name }}
              image: "{{ .Values.image }}:{{ .Values.tag | default "latest" }}"
              command: [sh, -c, "alembic -x tenant={{ .Values.tenant | default "a" }} upgrade head && exec uvicorn api:app"]
              {{- if .Values.existingSecret }}
              envFrom:
              - secretRef:
                  name: {{ .Values.existingSecret }}
              {{- end }}
              env:
              {{- range $name, $value := .Values.env }}
              - name: {{ $name }}
                value: {{ $value | quote }}
              {{- end }}
              - name: MODE
                value: web
              {{- with .Values.resources }}
              resources:
                {{- toYaml . | nindent 16 }}
              {{- end }}
              volumeMounts:
                {{- toYaml .Values.mounts | nindent 16 }}
            volumes:
                {{- toYaml .Values.volumes | nindent 16 }}
            {{- $nodes := .Values.nodes }}
            {{- with .Values.affinity }}
            affinity:
                {{- toYaml . | nindent 16 }}
            {{- end }}
`;

test('of a template the expressions stay, and what they indent moves along', async () => {
  const printed = await correctionOf('migration-at-start', 'charts/shop/templates/web.yaml', template);
  expect(printed).toContain(`      {{- with .Values.imagePullSecrets }}
      imagePullSecrets:
          {{- toYaml . | nindent 10 }}
      {{- end }}
      volumes:
          {{- toYaml .Values.volumes | nindent 10 }}
      containers:`);
  expect(printed).toContain(`            alembic -x tenant={{ .Values.tenant | default "a" }} upgrade head
          image: "{{ .Values.image }}:{{ .Values.tag | default "latest" }}"
          {{- if .Values.existingSecret }}
          envFrom:
          - secretRef:
              name: {{ .Values.existingSecret }}
          {{- end }}
          env:
          {{- range $name, $value := .Values.env }}
          - name: {{ $name }}
            value: {{ $value | quote }}
          {{- end }}
          - name: MODE
            value: web
          volumeMounts:
            {{- toYaml .Values.mounts | nindent 12 }}
          {{- with .Values.resources }}
          resources:
            {{- toYaml . | nindent 12 }}
          {{- end }}`);
  expect(printed).not.toContain('affinity');
  expect(printed).not.toContain('$nodes');
  expect(parseAllDocuments(maskTemplate(printed)).flatMap((each) => each.errors)).toEqual([]);
  expect(await findingsOf('charts/shop/templates/migrate.yaml', printed)).toEqual([]);
});

test('what cannot be given again is named, and a long list too', async () => {
  const many = Array.from({ length: 60 }, (_, index) => `            - name: V${index}\n              value: a`).join(
    '\n',
  );
  const text = deployment.replace(/ {10}env:\n[^]*?(?= {10}volumeMounts)/, `          env:\n${many}\n`);
  const printed = await correctionOf('migration-at-start', 'k8s/api.yaml', text);
  expect(printed).toContain('          # env: as api has it\n');
  expect(parse(printed)).toMatchObject({ kind: 'Job' });
});

test('a Job without what the container has is printed whole, under its own name', async () => {
  const bare = `apiVersion: batch/v1
kind: Job
metadata:
  name: api-schema
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: migrate
          image: registry.example.com/api:7
          command: [alembic, upgrade, head]
---
`;
  const serving = deployment.replace('          command: [sh, -c, alembic upgrade head && exec uvicorn api:app]\n', '');
  const printed = await correctionOf('incomplete-deployment-hook', 'k8s/api.yaml', bare + serving);
  expect(parse(printed)).toMatchObject({
    metadata: { name: 'api-schema' },
    spec: { template: { spec: { containers: [{ envFrom: [{ secretRef: { name: 'api' } }] }] } } },
  });
  expect(await findingsOf('k8s/api.yaml', `${printed}\n---\n${serving}`)).toEqual([]);
});

test('a service of Compose is given image, environment and networks', async () => {
  const text = `services:
  db:
    image: postgres:16
    healthcheck: { test: [CMD, pg_isready] }
  web:
    build: .
    command: sh -c "alembic upgrade head && exec uvicorn api:app"
    restart: always
    environment:
      DATABASE_URL: postgresql://db/shop
      SECRET_KEY: swordfish
    depends_on:
      db:
        condition: service_healthy
    networks: [backend]
    deploy:
      replicas: 2
`;
  const printed = await correctionOf('migration-at-start', 'compose.yaml', text);
  expect(parse(printed)).toEqual({
    services: {
      migrate: {
        command: ['sh', '-c', 'alembic upgrade head'],
        build: '.',
        environment: { DATABASE_URL: 'postgresql://db/shop', SECRET_KEY: '…' },
        networks: ['backend'],
        depends_on: { db: { condition: 'service_healthy' } },
      },
      web: { depends_on: { migrate: { condition: 'service_completed_successfully' } } },
    },
  });
  expect(await findingsOf('compose.yaml', printed)).toEqual([]);
});
