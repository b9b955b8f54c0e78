package io.rbac.roleapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The operations of one product, and the JSON that they read and write. Implementations are immutable. */
interface WireFormat {

    /** Returns all operations with their paths. */
    List<Route> routes();

    /**
     * Returns the body of an error response.
     *
     * @param status the status of the response
     * @param details the reasons, at least one
     */
    JsonNode error(int status, List<ErrorDetail> details);
}
