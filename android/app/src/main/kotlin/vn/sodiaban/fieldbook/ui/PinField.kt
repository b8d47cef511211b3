package vn.sodiaban.fieldbook.ui

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.input.PasswordVisualTransformation
import vn.sodiaban.fieldbook.R

/** How many digits a PIN has. */
val PinLength = 4..8

/** Takes the digits of a PIN and shows none of them. Keep `pin` out of what outlives the page. */
@Composable
fun PinField(pin: String, onType: (String) -> Unit, modifier: Modifier = Modifier, fault: String? = null) {
    OutlinedTextField(
        value = pin,
        onValueChange = { typed -> onType(typed.filter(Char::isDigit).take(PinLength.last)) },
        modifier = modifier.fillMaxWidth(),
        label = { Text(stringResource(R.string.screen_enrol_pin)) },
        isError = fault != null,
        supportingText = if (fault != null) ({ Text(fault) }) else null,
        visualTransformation = PasswordVisualTransformation(),
        keyboardOptions = KeyboardOptions(keyboardType = KeyboardType.NumberPassword, imeAction = ImeAction.Done),
        singleLine = true,
        colors = fieldColours(),
    )
}
