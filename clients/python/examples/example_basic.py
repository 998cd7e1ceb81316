#!/usr/bin/env python3
"""Runs the samples of a configuration file, prints a summary, and saves the results.

Usage: example_basic.py [CONFIG]      config.yaml beside this file by default; YAML needs PyYAML, JSON nothing

Where SANDERLING_URL names a service it runs them, else the `sanderling` command does. Exits with 0 when every sample was
run, whatever became of it, 2 for a mistake in the file, and 1 when Sanderling could not be reached.
"""
from __future__ import annotations

import json
import os
import sys
from typing import Any, Dict, List

import sanderling


def load(path: str) -> Dict[str, Any]:
    """The configuration, YAML or JSON."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if path.endswith(".json"):
        config = json.loads(text)
    else:
        try:
            import yaml
        except ImportError:
            sys.exit("example_basic: YAML needs PyYAML: pip install 'sanderling[yaml]', or write the file as JSON")
        config = yaml.safe_load(text)
    if not isinstance(config, dict):
        raise sanderling.UsageError("the file is no mapping")
    return config


def run(client: sanderling.Client, sample: Dict[str, Any], execution: Dict[str, Any]) -> sanderling.Result:
    """What becomes of one sample."""
    defaults = sanderling.ExecutionLimits()
    limits = sanderling.ExecutionLimits(
        time_limit=sample.get("timeout", execution.get("default_timeout", defaults.time_limit)),
        memory_limit=sample.get("max_memory", execution.get("max_memory", defaults.memory_limit)),
        cpu_limit=sample.get("max_cpu", execution.get("max_cpu", defaults.cpu_limit * 100)) / 100,
    )
    return client.execute_with_limits(
        sample.get("language", "python"), sample["code"], limits, stdin=sample.get("stdin")
    )


def summary(results: List[Dict[str, Any]]) -> Dict[str, Any]:
    """Counts over all results."""
    succeeded = sum(result["success"] for result in results)
    return {
        "total": len(results),
        "succeeded": succeeded,
        "failed": len(results) - succeeded,
        "success_rate": succeeded / len(results) if results else 0.0,
        "execution_time": sum(result["execution_time"] for result in results),
    }


def main() -> int:
    here = os.path.dirname(os.path.abspath(__file__))
    path = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "config.yaml")
    results: List[Dict[str, Any]] = []
    try:
        config = load(path)
        execution = config.get("execution", {})
        with sanderling.Client() as client:
            for number, sample in enumerate(execution.get("code_samples", []), 1):
                description = sample.get("description", f"Sample {number}")
                result = run(client, sample, execution)
                results.append({"description": description, **result})
                print(f"{number}. {description}: {result['status']}, {result['execution_time']:.3f} s")
                for line in result["stdout"].splitlines():
                    print(f"     {line}")
                if result["error_message"]:
                    print(f"     {result['error_message']}")
    except (OSError, ValueError, KeyError) as error:
        print(f"example_basic: {path}: {error}", file=sys.stderr)
        return 2
    except sanderling.SanderlingError as error:
        print(f"example_basic: {error}", file=sys.stderr)
        return 1
    counts = summary(results)
    print(f"{counts['succeeded']} of {counts['total']} succeeded ({counts['success_rate']:.0%})")
    output = os.path.join(os.path.dirname(path), config.get("output", {}).get("file", "output/results.json"))
    os.makedirs(os.path.dirname(output), exist_ok=True)
    with open(output, "w", encoding="utf-8") as file:
        json.dump({"summary": counts, "results": results}, file, indent=2)
        file.write("\n")
    print(f"results in {os.path.relpath(output)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
