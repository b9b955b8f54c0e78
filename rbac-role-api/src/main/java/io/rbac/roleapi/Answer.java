package io.rbac.roleapi;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an operation answers.
 *
 * @param status of HTTP
 * @param body the body of the response
 */
record Answer(int status, JsonNode body) {

    static Answer ok(JsonNode body) {
        return new Answer(200, body);
    }
}
