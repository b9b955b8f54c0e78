package io.rbac.roleapi;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The response of an operation, before it is written.
 *
 * @param status the status code of HTTP
 * @param body the body
 */
record JsonResponse(int status, JsonNode body) {

    static JsonResponse ok(JsonNode body) {
        return new JsonResponse(200, body);
    }
}
