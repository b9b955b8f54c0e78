/**
 * Permissions of an application that is built on Spring Security.
 *
 * <pre>{@code
 * @DeleteMapping("/chats/{chatId}/messages/{id}")
 * @RequiresPermission(value = "message:delete", at = "chat/{chatId}")
 * void delete(@PathVariable String chatId, @PathVariable String id) { ... }
 * }</pre>
 *
 * <p>Start at {@link io.rbac.spring.RequiresPermission}; {@link io.rbac.spring.Rbac} is the bean that asks. An application on
 * Spring Boot adds {@code rbac-spring-boot-starter}; any other has {@link io.rbac.spring.EnableRbac} on a configuration
 * class.
 */
@NullMarked
package io.rbac.spring;

import org.jspecify.annotations.NullMarked;
