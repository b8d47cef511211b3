package vn.sodiaban.fieldbook.ui

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.KeyboardCapitalization

/**
 * A field whose words are kept elsewhere: `text` is what it begins with. What is typed is never written over while it is
 * composed, as Telex and VNI need. The keyboard brings its own microphone.
 */
@Composable
fun FormField(
    label: String,
    text: String,
    onType: (String) -> Unit,
    modifier: Modifier = Modifier,
    hint: String? = null,
    fault: String? = null,
    lines: Int = 1,
    keyboard: KeyboardOptions = KeyboardOptions(capitalization = KeyboardCapitalization.Sentences),
) {
    var typed by remember { mutableStateOf(text) }
    val below = fault ?: hint
    OutlinedTextField(
        value = typed,
        onValueChange = {
            // A short answer may be shown on several lines but has none of its own.
            if (lines > 1 || '\n' !in it) {
                typed = it
                onType(it)
            }
        },
        modifier = modifier.fillMaxWidth(),
        label = { Text(label) },
        supportingText = if (below == null) null else ({ Text(below, style = MaterialTheme.typography.bodySmall) }),
        isError = fault != null,
        keyboardOptions = keyboard,
        minLines = lines,
        colors = fieldColours(),
    )
}
