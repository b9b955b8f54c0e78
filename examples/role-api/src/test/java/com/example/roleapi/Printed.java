package com.example.roleapi;

/** The requests and responses that the vendors print. */
final class Printed {

    static final String TRILLET_UPDATE = """
            {
              "name": "Senior Manager",
              "description": "Full access to everything including billing and settings",
              "permissions": [
                "agent_view",
                "agent_create",
                "agent_edit",
                "agent_delete",
                "call_history_view"
              ]
            }
            """;

    static final String TRILLET_UPDATED = """
            {
              "_id": "665a1b2c3d4e5f6a7b8c9d0e",
              "name": "Senior Manager",
              "description": "Full access to everything including billing and settings",
              "permissions": [
                { "key": "agent_view", "category": "agents" },
                { "key": "agent_create", "category": "agents" },
                { "key": "agent_edit", "category": "agents" },
                { "key": "agent_delete", "category": "agents" },
                { "key": "call_history_view", "category": "calls" }
              ]
            }
            """;

    static final String PULSE_CREATE = """
            {
            "data": {
            "type": "role",
            "attributes": {
            "name": "Role"
            }
            }
            }
            """;

    static final String PULSE_CREATED = """
            {
            "data": [
            {
            "id": "7f0d0f1a-6852-4634-89c0-9418fb8dc71b",
            "type": "role",
            "attributes": {
            ...
            }
            }
            ]
            }
            """;

    static final String PULSE_UPDATE = """
            {
            "data": {
            "type": "role",
            "attributes": {
            "name": "Updated Role"
            }
            }
            }
            """;

    static final String PULSE_UPDATED = """
            {
            "data": {
            "id": "b1d925db-e688-4fa0-9432-db8db55ed370",
            "type": "role",
            "attributes": {
            ...
            }
            }
            }
            """;

    static final String PULSE_SHOWN = """
            {
            "data": {
            "id": "7182c2bb-ec46-4675-bd56-413ba862dd1e",
            "type": "role",
            "attributes": {
            ...
            }
            }
            }
            """;

    static final String PULSE_LISTED = """
            {
            "data": [
            {
            "id": "3aab0a84-8ed3-4ddf-8572-f1799bb60e0a",
            "type": "role",
            "attributes": {
            ...
            }
            },
            {
            ...
            }
            ]
            }
            """;

    static final String PULSE_DELETED = """
            {
            "data": {
            "id": "d567ce32-37c7-43de-8e65-ed48944d9c91",
            "type": "role",
            "attributes": {
            ...
            }
            }
            }
            """;

    static final String FREYA_CURL = """
            curl --request POST \\
              --url https://app.freyavoice.ai/api/v2/workspaces/{workspaceId}/roles \\
              --header 'Authorization: Bearer <token>' \\
              --header 'Content-Type: application/json' \\
              --data '
            {
              "name": "<string>",
              "description": "<string>",
              "permissions": []
            }
            '
            """;

    static final String FREYA_CREATED = """
            {
              "success": true,
              "data": {
                "message": "<string>",
                "result": {
                  "role": {
                    "id": "<string>",
                    "workspaceId": "3c90c3cc-0d44-4b50-8888-8dd25736052a",
                    "name": "<string>",
                    "description": "<string>",
                    "permissions": [],
                    "isSystem": true,
                    "isDefault": true,
                    "memberCount": 1,
                    "assignable": true,
                    "createdAt": "<string>",
                    "updatedAt": "<string>"
                  }
                }
              }
            }
            """;

    private Printed() {}
}
