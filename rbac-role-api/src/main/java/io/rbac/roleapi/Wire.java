package io.rbac.roleapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The wire forms of one product. Implementations are immutable. */
interface Wire {

    /** All operations with their paths. */
    List<Route> routes();

    /** The body of a response to a request that is refused. */
    JsonNode error(int status, List<Fault> faults);
}
