package si

import (
	"fmt"
	"testing"
)

func TestTaxNumber(t *testing.T) {
	for in, want := range map[string]string{
		"15012557": "15012557", "SI15012557": "15012557", "si 150 125 57": "15012557", " SI-15012557 ": "15012557",
		"15012556": "", "1501255": "", "05012557": "", "1501255x": "", "": "", "SI": "", "HR15012557": "",
	} {
		if got, ok := TaxNumber(in); ok != (want != "") || ok && got != want {
			t.Errorf("%q is %q, %t", in, got, ok)
		}
	}
	// Of ten numbers that differ in the last digit only, one at most is right.
	for n := 1000000; n < 1002000; n++ {
		right := 0
		for last := range 10 {
			if _, ok := TaxNumber(fmt.Sprintf("%d%d", n, last)); ok {
				right++
			}
		}
		if right > 1 {
			t.Fatalf("%d tax numbers begin with %d", right, n)
		}
	}
}

func TestRegistrationNumber(t *testing.T) {
	for in, want := range map[string]string{"5300231000": "5300231", "5300231": "5300231", "5300231001": "5300231001", "53.002-31": "5300231", "530023": "", "abc": ""} {
		if got, ok := RegistrationNumber(in); ok != (want != "") || ok && got != want {
			t.Errorf("%q is %q, %t", in, got, ok)
		}
	}
}
