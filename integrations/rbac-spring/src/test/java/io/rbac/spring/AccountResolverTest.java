package io.rbac.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;

class AccountResolverTest {

    private final MockHttpServletRequest request = new MockHttpServletRequest();
    private final Authentication bob = authentication("bob");

    private static Authentication authentication(Object principal) {
        return UsernamePasswordAuthenticationToken.authenticated(principal, "", List.of());
    }

    private RequestValues values(Map<String, String> variables) {
        return ServletRequestValues.of(request, variables);
    }

    @Test
    void an_application_with_one_account_says_which() {
        assertThat(AccountResolver.fixed("acme").account(bob, CurrentRequest.NONE))
                .isEqualTo("acme");
    }

    @Test
    void a_header_that_is_given_twice_is_none() {
        AccountResolver resolver = AccountResolver.header("X-Account");
        assertThat(resolver.account(bob, values(Map.of()))).isNull();
        request.addHeader("X-Account", "acme");
        assertThat(resolver.account(bob, values(Map.of()))).isEqualTo("acme");
        request.addHeader("X-Account", "globex");
        assertThat(resolver.account(bob, values(Map.of()))).isNull();
        assertThat(resolver.account(bob, CurrentRequest.NONE)).isNull();
    }

    @Test
    void a_variable_of_the_rule_comes_before_one_of_the_handler() {
        AccountResolver resolver = AccountResolver.pathVariable("account");
        assertThat(resolver.account(bob, values(Map.of()))).isNull();
        request.setAttribute(ServletRequestValues.HANDLER_VARIABLES, Map.of("account", "globex"));
        assertThat(resolver.account(bob, values(Map.of()))).isEqualTo("globex");
        assertThat(resolver.account(bob, values(Map.of("account", "acme")))).isEqualTo("acme");
        assertThat(resolver.account(bob, CurrentRequest.NONE)).isNull();
    }

    @Test
    void a_claim_is_that_of_whatever_token_the_user_has() {
        AccountResolver resolver = AccountResolver.claim("tenant");
        ClaimAccessor token = () -> Map.of("tenant", "acme", "iat", Instant.EPOCH);
        assertThat(resolver.account(authentication(token), CurrentRequest.NONE)).isEqualTo("acme");
        assertThat(AccountResolver.claim("iat").account(authentication(token), CurrentRequest.NONE))
                .isNull();
        assertThat(resolver.account(
                        authentication(
                                new DefaultOAuth2AuthenticatedPrincipal("bob", Map.of("tenant", "globex"), List.of())),
                        CurrentRequest.NONE))
                .isEqualTo("globex");
        assertThat(resolver.account(bob, CurrentRequest.NONE)).isNull();
    }

    @Test
    void spring_mvc_names_the_variables_of_the_handler_as_is_assumed() {
        assertThat(ServletRequestValues.HANDLER_VARIABLES)
                .isEqualTo(org.springframework.web.servlet.HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    }
}
