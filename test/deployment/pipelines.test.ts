import { expect, test } from 'vitest';
import { readDeployment } from '../../src/deployment/read-deployment.ts';
import { factsOf } from '../../src/operations/deployment.ts';

/** Of each run: its tool, the line, what becomes of its error, and whether its step deploys. */
async function runsIn(path: string, text: string): Promise<string[]> {
  const runs = factsOf([await readDeployment({ path, text, commands: [] })], 'runMigrations');
  return runs.map(({ tool, span, onError, place }) => {
    const how = onError.kind === 'stops' ? 'stops' : `${onError.kind}: ${onError.how}`;
    return `${tool} ${span.startLine} ${how}${place.kind === 'step' && place.deploys ? ', deploys' : ''}`;
  });
}

test('GitLab: scripts of jobs, and what lets them fail', async () => {
  const text = `stages: [test, deploy]
before_script:
  - pip install alembic
migrate:
  stage: deploy
  before_script:
    - cd app
  script:
    - alembic upgrade head
    - |
      alembic upgrade head
      ./serve
  after_script:
    - alembic upgrade head
maybe:
  allow_failure: true
  script: alembic upgrade head
test:
  stage: test
  services: [postgres]
  script:
    - alembic upgrade head || true
`;
  expect(await runsIn('.gitlab-ci.yml', text)).toEqual([
    'Alembic 9 stops, deploys',
    'Alembic 11 stops, deploys',
    'Alembic 14 goesOn: after_script, deploys',
    'Alembic 17 goesOn: allow_failure: true',
    'Alembic 22 goesOn: || true',
  ]);
});

test('CircleCI: runs of jobs and commands', async () => {
  const text = `version: 2.1
commands:
  migrate:
    steps:
      - run: mix ecto.migrate
jobs:
  deploy:
    docker: [{ image: app }]
    steps:
      - checkout
      - run:
          name: Migrate
          command: |
            php artisan migrate --force
            ./restart
`;
  expect(await runsIn('.circleci/config.yml', text)).toEqual(['Laravel 14 stops, deploys', 'Ecto 5 stops']);
});

test('Azure: scripts of several lines go on, and steps stand at any depth', async () => {
  const text = `steps:
  - script: dotnet ef database update
  - bash: |
      dotnet ef database update
      ./serve
stages:
  - stage: Production
    jobs:
      - deployment: web
        strategy:
          runOnce:
            deploy:
              steps:
                - script: ./efbundle --connection "$(ConnectionString)"
                  continueOnError: true
  - stage: Test
    jobs:
      - job: unit
        steps:
          - task: Bash@3
            inputs:
              targetType: inline
              script: sqlx migrate run
`;
  expect(await runsIn('azure-pipelines.yml', text)).toEqual([
    'Entity Framework 2 stops',
    'Entity Framework 4 goesOn: ./serve',
    'Entity Framework 14 goesOn: continueOnError: true, deploys',
    'sqlx 23 stops',
  ]);
});

test('composite actions are read as workflows are', async () => {
  const text = `name: Migrate
runs:
  using: composite
  steps:
    - run: diesel migration run
      shell: bash
    - run: bin/shop eval "Shop.Release.migrate"
      shell: bash
      continue-on-error: true
`;
  expect(await runsIn('.github/actions/migrate/action.yml', text)).toEqual([
    'Diesel 5 stops',
    'Ecto 7 goesOn: continue-on-error: true',
  ]);
});

test('Jenkinsfiles: literal strings of sh steps', async () => {
  const text = `pipeline {
  agent any
  stages {
    // sh 'alembic upgrade head'
    stage('Test') { steps { sh 'alembic upgrade head' } }
    stage('Deploy') {
      steps {
        sh '''
          php bin/console doctrine:migrations:migrate --no-interaction
          ./serve
        '''
        sh "alembic -x tenant=\${tenant} upgrade head"
        sh script: 'alembic upgrade head', returnStatus: true
        sh(script: 'alembic upgrade head',
           returnStdout: true)
        catchError(buildResult: 'SUCCESS') {
          sh "flask db upgrade"
        }
        script { def code = sh(script: 'alembic upgrade head', returnStatus: true) }
      }
    }
  }
}
`;
  expect(await runsIn('Jenkinsfile', text)).toEqual([
    'Alembic 5 stops',
    'Doctrine 9 stops, deploys',
    'Alembic 13 goesOn: returnStatus: true, deploys',
    'Alembic 14 stops, deploys',
    'Flask-Migrate 17 goesOn: catchError, deploys',
    'Alembic 19 stops, deploys',
  ]);
});

test('what is no SQL, and what nobody can read, is passed over', async () => {
  expect(await runsIn('.gitlab-ci.yml', 'migrate:\n  script:\n    - npx migrate-mongo up\n')).toEqual([]);
  expect(await runsIn('Jenkinsfile', `migrate ${"'''/*".repeat(20_000)}`)).toEqual([]);
  expect(await runsIn('.gitlab-ci.yml', 'migrate: [\n')).toEqual([]);
  expect(await runsIn('azure-pipelines.yml', '- migrate\n')).toEqual([]);
});
