"""What Debian's azure-cli 2.45 was packaged without, from what lies beside it; az as Microsoft ships it needs none of this."""
import functools
import os
import sys

import azure.keyvault
import azure.cli.command_modules.keyvault as module
from azure.core.credentials import AccessToken
from azure.core.exceptions import HttpResponseError
from azure.keyvault.keys._generated import v7_0
from azure.keyvault.keys._shared import ChallengeAuthPolicy
from azure.mgmt.eventgrid import models as eventgrid
from azure.mgmt.authorization.v2018_01_01_preview import operations as definitions
from azure.mgmt.authorization.v2020_04_01_preview import operations as assignments


def missing(name):
    if name.startswith('_'):
        raise AttributeError(name)
    return object


class Models(type(v7_0)):
    """Names of secrets and certificates too, which az asks for while it loads commands of keys."""

    def __init__(self):
        super().__init__('azure.keyvault.v7_0.models')

    def __getattr__(self, name):
        return HttpResponseError if name == 'KeyVaultErrorException' else getattr(v7_0.models, name, object)


class Authentication:
    def __init__(self, get_token):
        self.get_token = lambda *scopes, **_: AccessToken(get_token(None, 'https://vault.azure.net', None)[1], 2**33)


def quietly(call):
    """Of two ways to name a key az says both, and the old clients took no notice of the second."""
    @functools.wraps(call)
    def without(self, *values, identifier=None, hsm_name=None, include_managed=None, **named):
        return call(self, *values, **named)
    return without


class Client(v7_0.KeyVaultClient):
    def __init__(self, authentication, api_version):
        super().__init__(api_version=api_version, authentication_policy=ChallengeAuthPolicy(authentication))


for name in dir(Client):
    if '_key' in name and not name.startswith('_'):
        setattr(Client, name, quietly(getattr(Client, name)))


def bring_back():
    # The clients of keys before azure-keyvault-keys, which has them inside.
    sys.modules['azure.keyvault.v7_0'] = v7_0
    sys.modules['azure.keyvault.v7_0.key_vault_client'] = sys.modules[__name__]
    globals()['KeyVaultClient'] = Client
    sys.modules['azure.keyvault.v7_0.models'] = Models()
    azure.keyvault.KeyVaultClient, azure.keyvault.KeyVaultAuthentication = Client, Authentication
    copy = os.path.join(module.__path__[0], 'vendored_sdks', 'azure_keyvault_t1')
    azure.keyvault.__path__ = [*azure.keyvault.__path__, copy]  # key_vault_id
    # Event Grid's models are newer, too: those that az names and nothing here needs.
    eventgrid.__getattr__ = missing
    # Debian's azure-mgmt-authorization is newer than what az was written for, and keeps this one under another name.
    for each in (definitions.RoleDefinitionsOperations, assignments.RoleAssignmentsOperations):
        each.config = property(lambda self: self._config)
