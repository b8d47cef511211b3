package vn.sodiaban.fieldbook.ui

import androidx.compose.material3.OutlinedTextFieldDefaults
import androidx.compose.material3.TextFieldColors
import androidx.compose.runtime.Composable

/** A field with a fault has the colour of the summary above it. Red is for what may be lost. */
@Composable
fun fieldColours(): TextFieldColors = OutlinedTextFieldDefaults.colors(
    errorBorderColor = Tone.LATE.ink,
    errorLabelColor = Tone.LATE.ink,
    errorSupportingTextColor = Tone.LATE.ink,
    errorCursorColor = Tone.LATE.ink,
)
