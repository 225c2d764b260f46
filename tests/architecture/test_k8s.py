# SPDX-License-Identifier: EUPL-1.2
"""What deploy/k8s builds is accepted by Kubernetes and is what the process table promises."""

import os
import subprocess
import sys
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

ROOT = Path(__file__).parents[2]
K8S = ROOT / "deploy" / "k8s"
KUBECTL = Path(sys.executable).with_name("kubectl")
KUBERNETES = "1.37"
TARGETS = ["overlays/local", "overlays/production", "production+keda"]

WEB = {
    "content-api": ("content_api", 8001),
    "syndicator": ("syndicator", 8002),
    "media-store": ("media_store", 8003),
}
LOOPS = {
    "content-api": ["relay", "receipts", "scheduler"],
    "syndicator": ["inbox", "deliverer", "relay"],
    "media-store": ["relay", "renditions"],
}
PROCESSES = {
    f"{service}-web": ["gunicorn", "--bind", f"0.0.0.0:{port}", f"{module}.wsgi:application"]
    for service, (module, port) in WEB.items()
} | {
    f"{service}-{loop}": [service, "worker", "--only", loop]
    for service, loops in LOOPS.items()
    for loop in loops
}
OURS = set(WEB)
COMPACTED = {"communique.articles", "communique.articles.embargoed", "communique.assets"}
TOPICS = COMPACTED | {"communique.deliveries", "communique.dead-letters"}

# Kinds that an operator brings; kubernetes-validate has no schema for these, and for these only.
CUSTOM = {
    "overlays/local": set(),
    "overlays/production": {"Kafka", "KafkaNodePool", "KafkaTopic", "KafkaUser"},
    "production+keda": {
        *("Kafka", "KafkaNodePool", "KafkaTopic", "KafkaUser"),
        *("ScaledObject", "TriggerAuthentication"),
    },
}

Document = dict[str, Any]


@cache
def kustomize(directory: Path) -> tuple[Document, ...]:
    """Build a kustomization with the kubectl of this environment."""
    command = [KUBECTL, "kustomize", directory]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return tuple(yaml.safe_load_all(done.stdout))


@pytest.fixture(scope="module", params=TARGETS)
def target(request: pytest.FixtureRequest) -> str:
    """Name each thing that can be applied."""
    return request.param


@pytest.fixture
def documents(target: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, ...]:
    """Build what the target names."""
    return build(target, tmp_path_factory.getbasetemp())


def build(target: str, scratch: Path) -> tuple[Document, ...]:
    """Build an overlay, or the production overlay with the opt-in component."""
    if target != "production+keda":
        return kustomize(K8S / target)
    folder = scratch.resolve() / "production-keda"
    folder.mkdir(exist_ok=True)
    kustomization = {
        "resources": [os.path.relpath(K8S / "overlays/production", folder)],
        "components": [os.path.relpath(K8S / "components/keda", folder)],
    }
    (folder / "kustomization.yaml").write_text(yaml.safe_dump(kustomization))
    return kustomize(folder)


def named(documents: tuple[Document, ...], kind: str) -> dict[str, Document]:
    """Pick one kind, by name, refusing two of a name."""
    found = [each for each in documents if each["kind"] == kind]
    by_name = {each["metadata"]["name"]: each for each in found}
    assert len(by_name) == len(found)
    return by_name


def pods(documents: tuple[Document, ...]) -> dict[str, Document]:
    """Pick every pod template, by the kind and name of what makes it."""
    return {
        f"{each['kind']}/{each['metadata']['name']}": each["spec"]["template"]
        for each in documents
        if "template" in each.get("spec", {}) and "containers" in each["spec"]["template"]["spec"]
    }


def test_kubernetes_accepts_every_document(target, documents):
    skipped = set()
    for each in documents:
        try:
            kubernetes_validate.validate(each, KUBERNETES, strict=True)
        except kubernetes_validate.SchemaNotFoundError:
            skipped.add(each["kind"])
    assert skipped == CUSTOM[target]


def test_every_process_has_exactly_one_deployment(documents):
    commands = {
        name: each["spec"]["template"]["spec"]["containers"][0]["command"]
        for name, each in named(documents, "Deployment").items()
    }
    assert commands == PROCESSES


def test_every_service_migrates_in_a_job(documents):
    jobs = named(documents, "Job")
    for service in OURS:
        (container,) = jobs[f"migrate-{service}"]["spec"]["template"]["spec"]["containers"]
        assert container["command"] == [service, "migrate"]
        assert container["image"].startswith(f"communique/{service}:")


def test_every_deployment_is_probed(documents):
    for name, each in named(documents, "Deployment").items():
        (container,) = each["spec"]["template"]["spec"]["containers"]
        ports = {port["name"]: port["containerPort"] for port in container["ports"]}
        service = each["metadata"]["labels"]["app.kubernetes.io/name"]
        expected = ("http", WEB[service][1]) if name.endswith("-web") else ("health", 9100)
        assert tuple(ports.items()) == (expected,)
        for probe, path in {
            "startup": "/livez",
            "liveness": "/livez",
            "readiness": "/readyz",
        }.items():
            assert container[f"{probe}Probe"]["httpGet"] == {"path": path, "port": expected[0]}, (
                name
            )


def test_workers_are_told_the_port_that_is_probed(documents):
    for name, each in named(documents, "Deployment").items():
        (container,) = each["spec"]["template"]["spec"]["containers"]
        given = {"name": "COMMUNIQUE_WORKER_PORT", "value": "9100"} in container.get("env", [])
        assert given is not name.endswith("-web")


def test_every_container_has_requests_and_limits(documents):
    for name, pod in pods(documents).items():
        for container in pod["spec"]["containers"]:
            resources = container["resources"]
            for side in ("requests", "limits"):
                assert resources[side].keys() == {"cpu", "memory"}, name


def test_every_pod_meets_the_restricted_profile(documents):
    for name, pod in pods(documents).items():
        spec = pod["spec"]
        assert spec["automountServiceAccountToken"] is False, name
        assert spec["enableServiceLinks"] is False, name
        assert spec["securityContext"]["runAsNonRoot"] is True, name
        assert spec["securityContext"]["runAsUser"] > 0, name
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
        assert not {"hostNetwork", "hostPID", "hostIPC"} & spec.keys(), name
        for container in spec["containers"]:
            context = container["securityContext"]
            assert context["allowPrivilegeEscalation"] is False, name
            assert context["capabilities"] == {"drop": ["ALL"]}, name


def test_our_pods_write_to_tmp_only(documents):
    checked = 0
    for name, pod in pods(documents).items():
        if pod["metadata"]["labels"]["app.kubernetes.io/name"] not in OURS:
            continue
        checked += 1
        (container,) = pod["spec"]["containers"]
        assert container["securityContext"]["readOnlyRootFilesystem"] is True, name
        writable = {
            mount["mountPath"]
            for mount in container["volumeMounts"]
            if not mount.get("readOnly", False)
        }
        assert writable == {"/tmp"}, name
        assert pod["spec"]["terminationGracePeriodSeconds"] > 10, name
    assert checked == len(PROCESSES) + len(OURS)


def test_every_image_has_a_fixed_tag(documents):
    for name, pod in pods(documents).items():
        for container in pod["spec"]["containers"]:
            repository, _, tag = container["image"].partition(":")
            assert repository, name
            assert tag not in {"", "latest"}, name


def test_selectors_find_their_pods(documents):
    labels = {name: pod["metadata"]["labels"] for name, pod in pods(documents).items()}
    budgets = named(documents, "PodDisruptionBudget").values()
    services = named(documents, "Service").values()
    selectors = chain(
        (each["spec"]["selector"]["matchLabels"] for each in budgets),
        (each["spec"]["selector"] for each in services),
    )
    for selector in selectors:
        found = [name for name, has in labels.items() if selector.items() <= has.items()]
        assert len(found) == 1, selector


def test_no_secret_is_committed(documents):
    assert named(documents, "Secret") == {}


def test_autoscaled_deployments_leave_their_number_alone(documents):
    deployments = named(documents, "Deployment")
    scalers = chain(
        named(documents, "HorizontalPodAutoscaler").values(),
        named(documents, "ScaledObject").values(),
    )
    for each in scalers:
        name = each["spec"]["scaleTargetRef"]["name"]
        assert "replicas" not in deployments[name]["spec"], name


def test_production_scales_every_web_and_keeps_two_of_every_loop(tmp_path):
    documents = build("overlays/production", tmp_path)
    webs = {f"{service}-web" for service in WEB}
    assert named(documents, "HorizontalPodAutoscaler").keys() == webs
    assert named(documents, "PodDisruptionBudget").keys() == PROCESSES.keys()
    loops = {
        name: each["spec"].get("replicas")
        for name, each in named(documents, "Deployment").items()
        if name not in webs
    }
    assert set(loops.values()) == {2}


def test_production_declares_the_five_topics(tmp_path):
    topics = named(build("overlays/production", tmp_path), "KafkaTopic")
    assert topics.keys() == TOPICS
    compacted = {
        name
        for name, each in topics.items()
        if each["spec"]["config"]["cleanup.policy"] == "compact"
    }
    assert compacted == COMPACTED
    assert {each["spec"]["partitions"] for each in topics.values()} == {3}


def test_only_the_writer_and_the_syndicator_reach_the_embargoed_topic(tmp_path):
    users = named(build("overlays/production", tmp_path), "KafkaUser")
    allowed = {
        name: rule["operations"]
        for name, each in users.items()
        for rule in each["spec"]["authorization"]["acls"]
        if "communique.articles.embargoed".startswith(rule["resource"]["name"])
        and (
            rule["resource"]["name"] == "communique.articles.embargoed"
            or rule["resource"].get("patternType") == "prefix"
        )
    }
    assert allowed == {
        "kafka-content-api": ["Write", "Describe"],
        "kafka-syndicator": ["Read", "Describe"],
    }


def test_production_denies_by_default(tmp_path):
    policies = named(build("overlays/production", tmp_path), "NetworkPolicy")
    assert policies["default-deny"]["spec"] == {
        "podSelector": {},
        "policyTypes": ["Ingress", "Egress"],
    }


def test_local_creates_the_same_topics():
    script = (K8S / "overlays/local/topics.sh").read_text()
    lines = [line.split() for line in script.splitlines() if line.startswith("topic communique.")]
    assert {words[1] for words in lines} == TOPICS
    assert {words[1] for words in lines if "cleanup.policy=compact" in words} == COMPACTED
