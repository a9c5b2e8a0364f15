import { inputConfig, type InputType, type NodeType } from './nodes.js';

/** A workflow in API format: nodes by id. */
export type Workflow = Record<string, { class_type?: string; inputs?: Record<string, unknown> }>;

interface Problem {
  type: string;
  message: string;
  details: string;
  extra_info: object;
}

interface NodeErrors {
  errors: Problem[];
  dependent_outputs: string[];
  class_type: string;
}

export type Validation =
  | { isValid: true; outputs: string[]; nodeErrors: Record<string, NodeErrors> }
  | { isValid: false; error: Problem; nodeErrors: Record<string, NodeErrors> };

/** Checks a workflow as the server's `validate_prompt` does; the texts are the server's. */
export function validateWorkflow(
  workflow: Workflow,
  types: Record<string, NodeType>,
  uploads: ReadonlySet<string>,
): Validation {
  for (const [id, { class_type: name }] of Object.entries(workflow)) {
    if (name === undefined) {
      return refused(
        'invalid_prompt',
        'Cannot execute because a node is missing the class_type property.',
        `Node ID '#${id}'`,
      );
    }
    if (!types[name]) {
      return refused(
        'invalid_prompt',
        `Cannot execute because node ${name} does not exist.`,
        `Node ID '#${id}'`,
      );
    }
  }
  const outputs = Object.keys(workflow).filter(
    (id) => types[workflow[id]?.class_type ?? '']?.isOutput,
  );
  if (outputs.length === 0) return refused('prompt_no_outputs', 'Prompt has no outputs', '');
  const nodeErrors: Record<string, NodeErrors> = {};
  for (const output of outputs) {
    for (const id of nodesBehind(workflow, output)) {
      const problems = [
        ...nodeProblems(id, workflow, types),
        ...fileProblems(workflow[id], uploads),
      ];
      if (problems.length === 0) continue;
      nodeErrors[id] ??= {
        errors: problems,
        dependent_outputs: [],
        class_type: workflow[id]?.class_type ?? '',
      };
      nodeErrors[id].dependent_outputs.push(output);
    }
  }
  const isBad = (output: string) =>
    Object.values(nodeErrors).some((one) => one.dependent_outputs.includes(output));
  const good = outputs.filter((output) => !isBad(output));
  if (good.length > 0) return { isValid: true, outputs: good, nodeErrors };
  const details = Object.values(nodeErrors)
    .flatMap(({ errors }) => errors)
    .map(({ message, details: detail }) => `${message}: ${detail}`)
    .join('\n');
  return {
    ...refused('prompt_outputs_failed_validation', 'Prompt outputs failed validation', details),
    nodeErrors,
  };
}

/** All nodes that an output needs, itself included. */
export function nodesBehind(workflow: Workflow, output: string): string[] {
  const found = new Set<string>();
  const open = [output];
  while (open.length > 0) {
    const id = open.pop() ?? '';
    if (found.has(id) || !workflow[id]) continue;
    found.add(id);
    for (const value of Object.values(workflow[id].inputs ?? {})) {
      if (Array.isArray(value)) open.push(String(value[0]));
    }
  }
  return [...found];
}

function nodeProblems(id: string, workflow: Workflow, types: Record<string, NodeType>): Problem[] {
  const node = workflow[id];
  const type = types[node?.class_type ?? ''];
  if (!node || !type) return [];
  const given = node.inputs ?? {};
  const problems: Problem[] = [];
  for (const [name, input] of Object.entries({ ...type.required, ...type.optional })) {
    const value = given[name];
    if (value === undefined) {
      if (name in type.required) {
        problems.push(
          problem('required_input_missing', 'Required input is missing', name, {
            input_name: name,
          }),
        );
      }
      continue;
    }
    const found = Array.isArray(value)
      ? linkProblem(name, value, { input, workflow, types })
      : valueProblem(name, value, input);
    if (found) problems.push(found);
  }
  return problems;
}

/** A picture to start from must have been uploaded. */
function fileProblems(node: Workflow[string] | undefined, uploads: ReadonlySet<string>): Problem[] {
  const image = node?.inputs?.['image'];
  if (node?.class_type !== 'LoadImage' || typeof image !== 'string' || uploads.has(image))
    return [];
  const details = `image - Invalid image file: ${image}`;
  return [
    problem('custom_validation_failed', 'Custom validation failed for node', details, {
      input_name: 'image',
    }),
  ];
}

function linkProblem(
  name: string,
  value: readonly unknown[],
  {
    input,
    workflow,
    types,
  }: { input: InputType; workflow: Workflow; types: Record<string, NodeType> },
): Problem | undefined {
  const info = { input_name: name, input_config: inputConfig(input) };
  if (value.length !== 2) {
    return problem(
      'bad_linked_input',
      'Bad linked input, must be a length-2 list of [node_id, slot_index]',
      name,
      { ...info, received_value: value },
    );
  }
  const source = types[workflow[String(value[0])]?.class_type ?? ''];
  const received = source?.outputs[Number(value[1])];
  if (received === input.type) return undefined;
  return problem(
    'return_type_mismatch',
    'Return type mismatch between linked nodes',
    `${name}, received_type(${received}) mismatch input_type(${String(input.type)})`,
    { ...info, received_type: received, linked_node: value },
  );
}

function valueProblem(name: string, value: unknown, input: InputType): Problem | undefined {
  const { type, min = -Infinity, max = Infinity } = input;
  const info = { input_name: name, input_config: inputConfig(input), received_value: value };
  if (typeof type !== 'string') {
    if (type.includes(String(value))) return undefined;
    return problem(
      'value_not_in_list',
      'Value not in list',
      `${name}: '${String(value)}' not in [${type.map((one) => `'${one}'`).join(', ')}]`,
      info,
    );
  }
  if (type === 'STRING') return undefined;
  if (type !== 'INT' && type !== 'FLOAT') {
    return problem('required_input_missing', 'Required input is missing', name, {
      input_name: name,
    });
  }
  const number = Number(value);
  if (!Number.isFinite(number)) {
    return problem(
      'invalid_input_type',
      `Failed to convert an input value to a ${type} value`,
      `${name}, ${String(value)}, invalid literal for ${type === 'INT' ? 'int() with base 10' : 'float()'}: '${String(value)}'`,
      info,
    );
  }
  if (number < min)
    return problem(
      'value_smaller_than_min',
      `Value ${number} smaller than min of ${min}`,
      name,
      info,
    );
  if (number > max)
    return problem(
      'value_bigger_than_max',
      `Value ${number} bigger than max of ${max}`,
      name,
      info,
    );
  return undefined;
}

function problem(type: string, message: string, details: string, extra: object): Problem {
  return { type, message, details, extra_info: extra };
}

function refused(
  type: string,
  message: string,
  details: string,
): Extract<Validation, { isValid: false }> {
  return { isValid: false, error: problem(type, message, details, {}), nodeErrors: {} };
}
