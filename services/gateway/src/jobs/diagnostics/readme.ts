/** What a bundle says of itself. */
export const README = `# What is in here

Everything that Aura knows of one job, for whoever looks for what went wrong. Secrets were taken out before it was
packed: keys, passwords and what looks like one. The brief, the script and the names of files are in it as they are:
look through it before you give it away.

| file                | what it is                                                                    |
| ------------------- | ----------------------------------------------------------------------------- |
| problem.json        | why the job failed, what helps, and the details that only operators see       |
| job.json            | the job as GET /api/jobs/{id} shows it                                        |
| events.jsonl        | its durable events, one per line                                              |
| logs.jsonl          | what workers and workflows have said of it, one line each                     |
| history/run-N.json  | the Temporal event history of each run                                        |
| system.json         | the system check, at the time when this was packed                            |
| workers.json        | what each worker reports of its programs, encoders, fonts and providers       |
| settings.json       | the settings of the gateway; of secrets only whether they are set             |
| versions.json       | of Aura, Node, PostgreSQL and the machine of the gateway                      |

What could not be had is there as a text that says so. The details, system.json, workers.json and settings.json are given
to the tenant that runs the server alone.

A checkout of Aura replays it: \`npm run replay -- <this file>\` shows what the newest run has decided and why it ended so,
and whether today's code would decide the same; \`--run 1\` takes an earlier one.
`;
